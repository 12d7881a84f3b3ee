"""Responses of requests that write into the session; the path names one of CASES.

Their Content-Length is 4, as the application has it.
"""

import tempfile

CASES = {
    "list": lambda: [b"ab", b"cd"],
    "block": lambda: iter([b"abcd"]),
    "blocks": lambda: iter([b"ab", b"cd"]),
    "longer": lambda: [b"abcd", b"ef"],
    "shorter": lambda: iter([b"ab"]),
}


def _file(environ, start_response):
    """A file that is large enough for sendfile."""
    file = tempfile.TemporaryFile()
    file.write(b"abcd" * 50000)
    file.seek(0)
    start_response("200 OK", [])
    return environ["wsgi.file_wrapper"](file)


def application(environ, start_response):
    environ["isthmus.session"]["key"] = "value"
    case = environ["PATH_INFO"].rpartition("/")[2]
    if case == "file":
        return _file(environ, start_response)
    if case == "expires":
        start_response("200 OK", [("Expires", "0")])
        return [b"abcd"]
    start_response("200 OK", [("Content-Length", "4")])
    return CASES[case]()
