"""Python around Java, in a worker: X-Way says what happens while Java code writes."""

import os
import time


def _dies(environ, start_response):
    """End the process in the write of a block, after that of the head."""

    def start(status, headers, exc_info=None):
        write = start_response(status, headers, exc_info)

        def block(octets):
            write(octets)
            os._exit(3)

        return block

    return environ["isthmus.chain"](environ, start)


def _dies_before(environ, start_response):
    def start(status, headers, exc_info=None):
        os._exit(3)

    return environ["isthmus.chain"](environ, start)


def _sleeps(environ, start_response):
    """Stay in Python until the container has closed the slot, which is an OSError."""

    def start(status, headers, exc_info=None):
        while True:
            time.sleep(0.01)
            environ["isthmus.session"].get("absent")

    return environ["isthmus.chain"](environ, start)


def _asks_again(environ, start_response):
    """Ask for another part when there is none, which only a broken worker does."""
    chain = environ["isthmus.chain"]
    chain(environ, start_response)
    chain._wire.chain(["done", None])


def _fails(environ, start_response):
    try:
        return environ["isthmus.chain"](environ, start_response)
    except (RuntimeError, OSError) as e:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"%s: %s" % (type(e).__name__.encode(), str(e).encode())]


def _pid(environ, start_response):
    def start(status, headers, exc_info=None):
        pid = ("X-Pid", str(os.getpid()))
        return start_response(status, headers + [pid], exc_info)

    return environ["isthmus.chain"](environ, start)


WAYS = {
    "dies": _dies,
    "dies before": _dies_before,
    "sleeps": _sleeps,
    "asks again": _asks_again,
    "fails": _fails,
}


def application(environ, start_response):
    return WAYS.get(environ.get("HTTP_X_WAY"), _pid)(environ, start_response)


def behind(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Python behind Python"]
