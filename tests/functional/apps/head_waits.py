"""Yields empty blocks until the test has seen that nothing was sent."""

import _board


def application(environ, start_response):
    key = _board.query(environ)["key"]
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    write(b"")
    yield b""
    _board.note(key, "empty blocks are out")
    _board.wait(key, "nothing came")
    yield b"now"
