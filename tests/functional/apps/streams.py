"""Sends its next block only when the last one was seen to arrive; ?case= says how.

The test answers each block with a note, so that the order is proved without timing: a
block that is kept back is never acknowledged, and the response fails.
"""

import _board

BLOCKS = [b"one,", b"two,", b"three."]


def _seen(key, block):
    _board.wait(key, "seen " + block.decode("ascii"))


class Iterator(object):
    """No generator: an object with next()."""

    def __init__(self, key):
        self.key = key
        self.at = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.at:
            _seen(self.key, BLOCKS[self.at - 1])
        if self.at == len(BLOCKS):
            raise StopIteration
        self.at += 1
        return BLOCKS[self.at - 1]

    next = __next__


def generator(key, write):
    for block in BLOCKS:
        yield block
        _seen(key, block)


def iterator(key, write):
    return Iterator(key)


def counted_block(key, write):
    yield b"one,two,three."
    _seen(key, b"one,two,three.")


def empty_blocks_between(key, write):
    for block in BLOCKS:
        yield b""
        yield block
        yield b""
        _seen(key, block)


def written(key, write):
    for block in BLOCKS:
        write(block)
        _seen(key, block)
    return []


def written_then_returned(key, write):
    for block in BLOCKS[:2]:
        write(block)
        _seen(key, block)
    return [BLOCKS[2]]


def written_then_generated(key, write):
    write(BLOCKS[0])
    _seen(key, BLOCKS[0])
    return _rest(key)


def _rest(key):
    for block in BLOCKS[1:]:
        yield block
        _seen(key, block)


def written_inside_the_generator(key, write):
    write(BLOCKS[0])
    _seen(key, BLOCKS[0])
    yield BLOCKS[1]
    _seen(key, BLOCKS[1])
    write(BLOCKS[2])
    _seen(key, BLOCKS[2])


def read_between(body):
    """Reads what the client only sends when it has seen the block before."""
    for block in BLOCKS:
        yield block
        assert body.read(1) == b"."


def application(environ, start_response):
    query = _board.query(environ)
    headers = [("Content-Type", "text/plain")]
    if "length" in query:
        headers.append(("Content-Length", query["length"]))
    write = start_response("200 OK", headers)
    if query["case"] == "read_between":
        return read_between(environ["wsgi.input"])
    return globals()[query["case"]](query["key"], write)
