"""Sends for as long as it can to a client that goes away; ?case= says how it sends."""

import _board

BLOCK = b"x" * 65536
# Far more than all buffers between here and there.
MANY = 4000


def generated(key, write):
    try:
        yield b"begun"
        _board.wait(key, "gone")
        for _ in range(MANY):
            yield BLOCK
        _board.note(key, "all was sent")
    finally:
        _board.note(key, "closed")


class Blocks(object):
    def __init__(self, key):
        self.key = key
        self.blocks = generated("-", None)

    def __iter__(self):
        yield b"begun"
        _board.wait(self.key, "gone")
        for _ in range(MANY):
            yield BLOCK
        _board.note(self.key, "all was sent")

    def close(self):
        _board.note(self.key, "closed")


def iterated(key, write):
    return Blocks(key)


def _write_all(key, write):
    write(b"begun")
    _board.wait(key, "gone")
    for _ in range(MANY):
        write(BLOCK)
    _board.note(key, "all was sent")


def written(key, write):
    try:
        _write_all(key, write)
    finally:
        _board.note(key, "closed")
    return []


def written_and_caught(key, write):
    try:
        _write_all(key, write)
    except IOError as error:
        _board.note(key, "IOError %s" % error.errno)
        _board.note(key, "closed")
    return [b"nobody reads this"]


def written_and_another_raised(key, write):
    try:
        _write_all(key, write)
    except IOError:
        _board.note(key, "closed")
        raise ValueError("because the client went away")


def application(environ, start_response):
    query = _board.query(environ)
    headers = [("Content-Type", "text/plain")]
    if "length" in query:
        headers.append(("Content-Length", query["length"]))
    write = start_response("200 OK", headers)
    return globals()[query["case"]](query["key"], write)
