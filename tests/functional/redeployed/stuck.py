"""Starts a thread that nothing can end but itself."""

import threading
import time


def swallow():
    while True:
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            # So the interruption arrives.
            pass


thread = threading.Thread(target=swallow, name="swallows")
thread.setDaemon(True)
thread.start()


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]
