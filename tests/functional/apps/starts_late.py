"""Calls start_response with exc_info when the head is out: ?case= says what then."""

import sys

import _board


class Broken(Exception):
    pass


def caught(key, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"begun, "
    original = Broken("secret")
    try:
        try:
            raise original
        except Broken:
            start_response("500 Oops", [("X-App", "late")], sys.exc_info())
    except Broken as raised:
        text = "raised again: %r %s" % (raised, raised is original)
        _board.note(key, text)
    yield b"ended"


def uncaught(key, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"begun, "
    try:
        raise Broken("secret")
    except Broken:
        start_response("500 Oops", [("X-App", "late")], sys.exc_info())
    yield b"never sent"


def application(environ, start_response):
    query = _board.query(environ)
    return globals()[query["case"]](query["key"], start_response)
