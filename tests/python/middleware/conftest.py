"""Asks a middleware as a server would: a validator around it, and one inside of it."""

import io
import zlib
from wsgiref.util import FileWrapper, setup_testing_defaults
from wsgiref.validate import validator

import pytest

TEXT = [("Content-Type", "text/plain")]


class Exchange:
    """One request and what came of it, step by step.

    blocks   what came, one by one, as far as it was asked for
    written  what came by way of write()
    heads    (status, headers) of each call of start_response
    """

    def __init__(self, application, environ, checked=True):
        self.environ = environ
        # The validator puts one of its own there.
        self.logged = environ["wsgi.errors"].getvalue
        self.blocks, self.written, self.heads = [], [], []
        self.is_out = False
        application = validator(application) if checked else application
        self.result = application(environ, self._start)
        self._iterator = iter(self.result)

    def _start(self, status, headers, exc_info=None):
        if exc_info:
            try:
                if self.is_out:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None
        elif self.heads:
            raise AssertionError("start_response called twice")
        self.heads.append((status, headers))
        return self._write

    def _write(self, data):
        self.is_out = self.is_out or bool(data)
        self.written.append(data)
        self.blocks.append(data)

    def step(self):
        """The next block; None at the end."""
        block = next(self._iterator, None)
        if block is not None:
            self.is_out = self.is_out or bool(block)
            self.blocks.append(block)
        return block

    def finish(self):
        while self.step() is not None:
            pass
        self.close()
        return self

    def close(self):
        if hasattr(self.result, "close"):
            self.result.close()

    @property
    def status(self):
        return self.heads[-1][0]

    @property
    def headers(self):
        return dict(self.heads[-1][1])

    @property
    def body(self):
        return b"".join(self.blocks)

    @property
    def plain(self):
        """The body without what compression has made of it."""
        return gunzipped(self) if "Content-Encoding" in self.headers else self.body


def gunzipped(exchange):
    return zlib.decompress(exchange.body, 31) if exchange.body else b""


def environ(path="/", method="GET", body=b"", **more):
    """A request's environ; a double underscore in a name stands for a dot."""
    made = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "192.0.2.1",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": Errors(),
        "wsgi.file_wrapper": FileWrapper,
    }
    made.update((name.replace("__", "."), value) for name, value in more.items())
    setup_testing_defaults(made)
    return made


class Errors(io.StringIO):
    """wsgi.errors, to be read afterwards, whatever the validator closes."""


class Closing:
    """An iterable that counts how often it is closed."""

    def __init__(self, blocks):
        self._blocks = blocks
        self.closed = 0

    def __iter__(self):
        return iter(self._blocks)

    def close(self):
        self.closed += 1


def answering(blocks, headers=TEXT, status="200 OK"):
    def application(environ, start_response):
        start_response(status, list(headers))
        return blocks

    return application


@pytest.fixture(name="ask", scope="session")
def ask_fixture():
    """ask(application, path, method, body, **environ), answered to its end."""

    def ask(application, *arguments, **more):
        return Exchange(application, environ(*arguments, **more)).finish()

    return ask


@pytest.fixture(name="begin", scope="session")
def begin_fixture():
    """As ask, but to be asked step by step."""

    def begin(application, *arguments, checked=True, **more):
        return Exchange(application, environ(*arguments, **more), checked)

    return begin


@pytest.fixture(name="answering", scope="session")
def answering_fixture():
    return answering


@pytest.fixture(name="Closing", scope="session")
def closing_fixture():
    return Closing
