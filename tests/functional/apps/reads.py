"""Reads the body as its query says and answers with what each call returned, as JSON.

The query is a list of calls: ?read:3,readline,readlines:10,next,list,rest -- `next` is
one step of the iteration, `list` all of it, `rest` reads by three until there is no
more.
"""

import json


def application(environ, start_response):
    stream = environ["wsgi.input"]
    calls = environ["QUERY_STRING"].partition("&")[0].split(",")
    results = [_call(stream, call) for call in calls]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(results).encode("ascii")]


def _call(stream, call):
    name, _, argument = call.partition(":")
    if name == "next":
        return _text(next(iter(stream), b""))
    if name == "list":
        return [_text(line) for line in stream]
    if name == "rest":
        return [_text(part) for part in iter(lambda: stream.read(3), b"")]
    arguments = [int(argument)] if argument else []
    result = getattr(stream, name)(*arguments)
    if isinstance(result, list):
        return [_text(line) for line in result]
    return _text(result)


def _text(data):
    if type(data) is not bytes:
        return {"not bytes but": type(data).__name__}
    return data.decode("latin-1")
