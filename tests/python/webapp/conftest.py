"""Asks the example's programs as a server would, with wsgiref.validate in between."""

import io
from typing import NamedTuple
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest


class Answer(NamedTuple):
    """What an application has answered."""

    status: str
    headers: dict
    blocks: list

    @property
    def body(self):
        return b"".join(self.blocks)

    @property
    def text(self):
        return self.body.decode("utf-8")


def ask(application, path="", method="GET", body=b"", **more):
    """One request; `more` are keys of environ, a double underscore for a dot."""
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "/shop/here",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    environ.update((name.replace("__", "."), value) for name, value in more.items())
    setup_testing_defaults(environ)
    started = []

    def start_response(status, headers, exc_info=None):
        started[:] = [status, dict(headers)]
        return blocks.append

    blocks = []
    result = validator(application)(environ, start_response)
    try:
        blocks.extend(result)
    finally:
        result.close()
    return Answer(*started, blocks)


@pytest.fixture(name="ask", scope="session")
def ask_fixture():
    return ask
