"""Answers with more fields than containers let out; ?case= is the kind of the body."""

import _board


def a_list(key):
    return [b"body of " + key.encode("ascii")]


def empty(key):
    return []


def generated(key):
    yield b"body"


def application(environ, start_response):
    query = _board.query(environ)
    fields = [("X-App-%d" % i, "x" * 1000) for i in range(40)]
    start_response("200 OK", [("Content-Type", "text/plain")] + fields)
    return globals()[query["case"]](query["key"])
