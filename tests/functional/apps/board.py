"""The board of _board.py for tests: GET ?key=k lists, POST adds, ?log=t logs a line."""

import json

import _board


def application(environ, start_response):
    query = _board.query(environ)
    if "log" in query:
        environ["wsgi.errors"].write(query["log"] + "\n")
    if environ["REQUEST_METHOD"] == "POST":
        _board.note(query["key"], environ["wsgi.input"].read().decode("ascii"))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(_board.notes(query.get("key"))).encode("ascii")]
