"""Reads the body inside its iteration, so that what stops it comes there."""

import _board


def application(environ, start_response):
    key = _board.query(environ)["key"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return _blocks(key, environ["wsgi.input"])


def _blocks(key, stream):
    try:
        yield stream.read()
    finally:
        _board.note(key, "closed")
