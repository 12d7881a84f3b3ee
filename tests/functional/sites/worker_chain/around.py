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


class _Text:
    def read(self, size):
        return "text"


class _Long:
    def read(self, size):
        return bytes(size + 1)


def _given(stream):
    def way(environ, start_response):
        environ["wsgi.input"] = stream()
        try:
            return environ["isthmus.chain"](environ, start_response)
        except ValueError as e:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [str(e).encode()]

    return way


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
    "text": _given(_Text),
    "long": _given(_Long),
    "fails": _fails,
}


def application(environ, start_response):
    return WAYS.get(environ.get("HTTP_X_WAY"), _pid)(environ, start_response)


def behind(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Python behind Python"]
