"""Says what it lives through at its end: in the log, by print."""

import atexit
import os
import sys
import threading
import time


def message(text):
    print("leaving: " + text)
    sys.stdout.flush()


def waiting():
    try:
        time.sleep(600)
    finally:
        message("thread")


class Blocks(object):
    """Two blocks; the second one when a file has appeared."""

    def __init__(self, path):
        self._path = path
        self._blocks = self._make()

    def _make(self):
        yield b"begun "
        # A file that is open all the while: it is closed after the last request.
        with open(self._path + ".out", "w") as out:
            end = time.time() + 60
            while not os.path.exists(self._path) and time.time() < end:
                time.sleep(0.02)
            out.write("written")
        yield b"ended"

    def __iter__(self):
        return self._blocks

    def close(self):
        message("close")


class Forever(object):
    """One block, and none after it."""

    def __init__(self):
        self._given = False

    def __iter__(self):
        return self

    def next(self):
        if self._given:
            time.sleep(600)
        self._given = True
        return b"begun "

    def close(self):
        message("stream closed")


def forever():
    """The same, as a generator."""
    try:
        yield b"begun "
        time.sleep(600)
    finally:
        message("stream closed")


thread = threading.Thread(target=waiting, name="waiting")
thread.setDaemon(True)
thread.start()
atexit.register(message, "atexit")


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"].endswith("/wait"):
        return Blocks(environ["QUERY_STRING"])
    if environ["PATH_INFO"].endswith("/forever"):
        return Forever()
    if environ["PATH_INFO"].endswith("/generator"):
        return forever()
    return [b"light"]
