"""Waits: 50 ms for a database that is not there, then thirteen bytes."""

import time

BODY = b"Hello, world!"


def application(environ, start_response):
    time.sleep(0.05)
    headers = [("Content-Type", "text/plain"), ("Content-Length", "13")]
    start_response("200 OK", headers)
    return [BODY]
