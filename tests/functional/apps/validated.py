"""Apps of ?case=, each between the server and wsgiref's validator."""

import io
import sys
import warnings
from wsgiref.validate import WSGIWarning, validator

import _board

# What the validator only warns of is to fail too.
warnings.filterwarnings("error", category=WSGIWarning)

TYPE = [("Content-Type", "text/plain")]


def blocks_in_a_list(environ, start_response):
    start_response("200 OK", list(TYPE))
    return [b"first ", b"second"]


def no_block(environ, start_response):
    start_response("200 OK", list(TYPE))
    return []


def generator(environ, start_response):
    start_response("200 OK", list(TYPE))
    yield b"first "
    yield b""
    yield b"second"


def declared_length(environ, start_response):
    start_response("200 OK", TYPE + [("Content-Length", "12")])
    return [b"first ", b"second"]


def written(environ, start_response):
    write = start_response("200 OK", list(TYPE))
    write(b"first ")
    return [b"second"]


def wrapped_file(environ, start_response):
    start_response("200 OK", list(TYPE))
    return environ["wsgi.file_wrapper"](io.BytesIO(b"first second"), 5)


def wrapped_file_iterated(environ, start_response):
    """The validator's own loop cannot tell; this one asks for next() by its name."""
    start_response("200 OK", list(TYPE))
    return Noted(environ["wsgi.file_wrapper"](io.BytesIO(b"first second"), 5), None)


def replaced(environ, start_response):
    start_response("200 OK", TYPE + [("X-App", "failed")])
    try:
        raise ValueError("replaced")
    except ValueError:
        start_response("202 Accepted", list(TYPE), sys.exc_info())
    return [b"first second"]


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"1"')])
    return []


def no_content(environ, start_response):
    start_response("204 No Content", [("ETag", '"1"')])
    return []


def body_at_once(environ, start_response):
    start_response("200 OK", list(TYPE))
    return [environ["wsgi.input"].read()]


def body_to_its_end(environ, start_response):
    start_response("200 OK", list(TYPE))
    return [environ["wsgi.input"].read(-1)]


def body_by_size(environ, start_response):
    start_response("200 OK", list(TYPE))
    return iter(lambda: environ["wsgi.input"].read(3), b"")


def body_by_readline(environ, start_response):
    start_response("200 OK", list(TYPE))
    return iter(environ["wsgi.input"].readline, b"")


def body_by_readlines(environ, start_response):
    start_response("200 OK", list(TYPE))
    return environ["wsgi.input"].readlines(1) + environ["wsgi.input"].readlines()


def body_by_iteration(environ, start_response):
    start_response("200 OK", list(TYPE))
    return iter(environ["wsgi.input"])


def errors(environ, start_response):
    environ["wsgi.errors"].write("validated by write\n")
    environ["wsgi.errors"].writelines(["validated ", "by writelines\n"])
    environ["wsgi.errors"].flush()
    start_response("200 OK", list(TYPE))
    return [b"first second"]


class Noted(object):
    """An iterator with next() and close(): the latter is noted."""

    def __init__(self, blocks, key):
        self.blocks = blocks
        self.iterator = iter(blocks)
        self.key = key

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.iterator)

    next = __next__

    def close(self):
        if hasattr(self.blocks, "close"):
            self.blocks.close()
        if self.key:
            _board.note(self.key, "closed")


def application(environ, start_response):
    query = _board.query(environ)

    def chosen(environ, start_response):
        result = globals()[query["case"]](environ, start_response)
        # The one that the server must recognize for what it is.
        if query["case"] == "wrapped_file":
            return result
        return Noted(result, query["key"])

    return validator(chosen)(environ, start_response)
