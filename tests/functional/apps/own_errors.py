"""Answers with ?status= and its own body, ?case= ways, or raises."""

import _board


def _generated():
    yield b"the application's "
    yield b"own page"


BODIES = {
    "list": lambda: [b"the application's ", b"own page"],
    "generator": _generated,
    "nothing": lambda: [],
    "empty": lambda: [b""],
}


def application(environ, start_response):
    query = _board.query(environ)
    if query["case"] == "raises":
        raise ValueError("secret")
    headers = [("Content-Type", "text/x-own; charset=utf-8"), ("X-App", "own")]
    start_response(query["status"] + " Own", headers)
    return BODIES[query["case"]]()
