# coding: utf-8
"""isthmus.forward and isthmus.include: PATH_INFO has the way, the query the target."""

import datetime
import threading

MODEL = {"cart": [1, u"gr\u00fc\u00dfe", None], "nothing": None}


def _forward(environ, start_response):
    return environ["isthmus.forward"](environ["QUERY_STRING"], MODEL)


def _head(environ, start_response):
    """Its head stays, but for Content-Length; its body is dropped."""
    headers = [("X-Python", "kept"), ("Set-Cookie", "a=b"), ("Content-Length", "3")]
    write = start_response("410 Gone", headers)
    environ["isthmus.forward"](environ["QUERY_STRING"], MODEL)
    write(b"a block")
    return [b"that is dropped"]


def _generator(environ, start_response):
    yield b""
    for block in environ["isthmus.forward"](environ["QUERY_STRING"], MODEL):
        yield block
    yield b"dropped"


def _file(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    environ["isthmus.forward"](environ["QUERY_STRING"], MODEL)
    source = open(__file__.replace("$py.class", ".py"), "rb")
    return environ["wsgi.file_wrapper"](source)


def _raises(environ, start_response):
    environ["isthmus.forward"](environ["QUERY_STRING"])
    raise ValueError("told to fail after a forward")


def _late(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"begun;"
    yield _code(environ["isthmus.forward"], environ["QUERY_STRING"])


def _include(environ, start_response):
    body = environ["isthmus.include"](environ["QUERY_STRING"], MODEL)
    again = environ["isthmus.include"]("/model/again")
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"before;", body, b";", again, b";after"]


def _fails(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [_code(environ["isthmus.include"], environ["QUERY_STRING"])]


def _wrong(environ, start_response):
    forward, include = environ["isthmus.forward"], environ["isthmus.include"]
    codes = [_code(way, path) for way in (forward, include) for path in ("model", 5)]
    codes.append(_code(forward, "/model/", {"cart": object()}))
    codes.append(_code(include, "/model/", {5: "five"}))
    codes.append(_code(include, "/model/", {"day": datetime.date(2026, 7, 1)}))
    thread = threading.Thread(target=lambda: codes.append(_code(forward, "/model/")))
    thread.start()
    thread.join()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b" ".join(codes)]


def _told(environ, start_response):
    """Show what messages say of what is wrong."""
    forward, include = environ["isthmus.forward"], environ["isthmus.include"]
    lines = [
        _message(forward, None),
        _message(include, 5),
        _message(include, "/model/", "str"),
        _message(forward, "/model/", 5),
        _message(forward, "/model/", {"fine": 1, "cart": object()}),
        _message(include, "/model/", {"cart": [1, object()]}),
    ]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["\n".join(lines).encode("ascii")]


def _message(way, *arguments):
    try:
        way(*arguments)
    except (TypeError, ValueError) as e:
        return "%s %s" % (type(e).__name__, e)
    return "nothing"


def _code(way, *arguments):
    try:
        way(*arguments)
    except (RuntimeError, TypeError, ValueError) as e:
        name = type(e).__name__ + " " + str(e).partition(":")[0]
        return name.encode("ascii")
    return b"nothing"


WAYS = {
    "forward": _forward,
    "head": _head,
    "generator": _generator,
    "file": _file,
    "raises": _raises,
    "late": _late,
    "include": _include,
    "fails": _fails,
    "wrong": _wrong,
    "told": _told,
}


def application(environ, start_response):
    return WAYS[environ["PATH_INFO"][1:]](environ, start_response)
