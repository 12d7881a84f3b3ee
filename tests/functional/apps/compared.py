"""Answers as ?case= says, on Jython and on CPython; for comparing servers."""

import io
import sys

TEXT = [("Content-Type", "text/plain")]


def one_block(environ, start_response):
    start_response("200 OK", list(TEXT))
    return [b"block"]


def two_blocks(environ, start_response):
    start_response("200 OK", list(TEXT))
    return [b"first ", b"second"]


def no_block(environ, start_response):
    start_response("200 OK", list(TEXT))
    return []


def generator(environ, start_response):
    start_response("200 OK", list(TEXT))
    yield b"first "
    yield b"second"


def written(environ, start_response):
    start_response("200 OK", list(TEXT))(b"first ")
    return [b"second"]


def wrapped_file(environ, start_response):
    start_response("200 OK", list(TEXT))
    return environ["wsgi.file_wrapper"](io.BytesIO(b"first second"))


def body(environ, start_response):
    """Reads as careful applications do."""
    start_response("200 OK", list(TEXT))
    if environ.get("wsgi.input_terminated"):
        return [environ["wsgi.input"].read()]
    return [environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))]


def repeated_headers(environ, start_response):
    cookies = [("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Empty", "")]
    start_response("200 OK", TEXT + cookies)
    return [b"block"]


def own_charset(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html;Charset=UTF-8")])
    return [b"block"]


def no_type(environ, start_response):
    start_response("200 OK", [])
    return [b"block"]


def own_server_and_date(environ, start_response):
    own = [("Server", "own"), ("Date", "Thu, 01 Jan 1970 00:00:00 GMT")]
    start_response("200 OK", TEXT + own)
    return [b"block"]


def octets_in_a_header(environ, start_response):
    start_response("200 OK", TEXT + [("X-Octets", "\xe9\xff")])
    return [b"block"]


def not_found(environ, start_response):
    start_response("404 Not Here", list(TEXT))
    return [b"block"]


def no_content(environ, start_response):
    start_response("204 No Content", [])
    return []


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"1"'), ("Content-Length", "5")])
    return []


def not_modified_with_a_body(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"1"')])
    return [b"block"]


def unknown_status(environ, start_response):
    start_response("299 Of My Own", list(TEXT))
    return [b"block"]


def longer_than_declared(environ, start_response):
    start_response("200 OK", TEXT + [("Content-Length", "5")])
    return [b"block", b" and more"]


def shorter_than_declared(environ, start_response):
    start_response("200 OK", TEXT + [("Content-Length", "50")])
    return [b"block"]


def raises(environ, start_response):
    raise ValueError("secret")


def raises_after_start(environ, start_response):
    start_response("200 OK", TEXT + [("X-Failed", "1")])
    raise ValueError("secret")


def raises_after_a_block(environ, start_response):
    start_response("200 OK", list(TEXT))
    yield b"block"
    raise ValueError("secret")


def replaced(environ, start_response):
    start_response("200 OK", TEXT + [("X-Failed", "1")])
    try:
        raise ValueError("secret")
    except ValueError:
        start_response("503 Later", list(TEXT), sys.exc_info())
    return [b"block"]


def started_twice(environ, start_response):
    start_response("200 OK", list(TEXT))
    start_response("200 OK", list(TEXT))
    return [b"block"]


def never_started(environ, start_response):
    return [b"block"]


def returns_none(environ, start_response):
    start_response("200 OK", list(TEXT))


def returns_a_string(environ, start_response):
    start_response("200 OK", list(TEXT))
    return b"block"


def hop_by_hop(environ, start_response):
    start_response("200 OK", TEXT + [("Connection", "close")])
    return [b"block"]


CASES = [name for name, case in sorted(globals().items()) if hasattr(case, "__code__")]


def application(environ, start_response):
    case = environ["QUERY_STRING"]
    if case not in CASES:
        raise KeyError(case)
    return globals()[case](environ, start_response)
