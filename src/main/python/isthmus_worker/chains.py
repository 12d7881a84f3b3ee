"""``isthmus.chain``: the rest of a filter chain, which the container runs, for WSGI.

The container answers each question of ``Chain`` with the next part of what filters and
servlet do, and waits within their write or read until it is asked for another one.
"""

import marshal
import threading

from isthmus_worker.records import cut
from isthmus_worker.rules import shown
from isthmus_worker.tracebacks import summary

# What the container takes from environ for Java, as ChainEnviron does.
_SHOWN = {"CONTENT_TYPE", "CONTENT_LENGTH", "REMOTE_USER", "AUTH_TYPE"}


class Chain:
    """Runs filters and a servlet of Java's within the call of an application.

    Threads: the request's alone, as the wire has one question at a time.

    :param wire: asks the container.
    :param body: the request's ``wsgi.input``, which is closed when the request ends.
    :param rules: the messages.
    """

    __slots__ = ("_body", "_called", "_rules", "_wire")

    def __init__(self, wire, body, rules):
        self._wire = wire
        self._body = body
        self._rules = rules
        self._called = False

    def __call__(self, environ, start_response):
        """Return a list of what fits into the servlet's buffer.

        A larger or flushed response goes through the write callable, so it is not held
        back (PEP 3333, "The write() Callable").
        """
        self._require_live()
        if self._wire.thread != threading.get_ident():
            raise self._rules.raised("SERVICE_THREAD")
        if self._called:
            raise self._rules.raised("CHAIN_TWICE")
        self._called = True
        body = environ.get("wsgi.input")
        response = _Response(start_response, body, self._rules)
        answer = _java(environ), None if body is None else body is self._body
        while True:
            kind, *given = marshal.loads(self._wire.chain(answer))
            if kind == "raise":
                response.raise_again()
            if kind == "end":
                return response.left + [block for block in given if block]
            answer = response.take(kind, *given)
            if self._wire.is_gone:
                response.raise_again()
            self._require_live()

    def _require_live(self):
        if self._body.closed:
            raise self._rules.raised("SERVICE_ENDED")

    def __repr__(self):
        return "<isthmus.chain>"


class _Response:
    """What becomes of each part; the container gets what ``take`` returns."""

    def __init__(self, start_response, body, rules):
        self._start_response = start_response
        self._write = None
        self._body = body
        self._rules = rules
        self._failure = None
        self.left = []

    def take(self, kind, *given):
        try:
            return ["done", getattr(self, "_" + kind)(*given)]
        except BaseException as failure:
            # Java code is to end first: it may catch this.
            self._failure = failure
            is_io = issubclass(type(failure), OSError)
            return ["raised", is_io, cut(summary(failure))]

    def raise_again(self):
        failure, self._failure = self._failure, None
        if failure is not None:
            try:
                raise failure
            finally:
                failure = None  # or the frame and it would form a reference cycle

    def _start(self, status, fields):
        headers = list(zip(fields[::2], fields[1::2]))
        self._write = self._start_response(status, headers)

    def _block(self, octets):
        self._write(octets)

    def _left(self, octets):
        self.left.append(octets)

    def _read(self, size):
        octets = self._body.read(size)
        if not isinstance(octets, bytes) or len(octets) > size:
            what = shown(octets)
            if isinstance(octets, bytes):
                what = "%d octets" % len(octets)
            raise self._rules.raised("CHAIN_INPUT", size, what)
        return octets


def _java(environ):
    """Return what Java is to see of an environ; marshal takes no subclass of str."""
    return {
        str.__str__(key): str(value)
        for key, value in environ.items()
        if isinstance(key, str)
        and (key.startswith("HTTP_") or key in _SHOWN)
        and value is not None
    }
