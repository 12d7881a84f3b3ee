"""Notes when close() is called, on every path that ?case= names."""

import _board


class Result(object):
    """Blocks, and a close() that notes that it was called."""

    def __init__(self, key, blocks, failure=None):
        self.key = key
        self.blocks = blocks
        self.failure = failure

    def __iter__(self):
        return iter(self.blocks)

    def close(self):
        _board.note(self.key, "closed")
        if self.failure:
            raise self.failure


class OldStyle:
    def __init__(self, key):
        self.key = key

    def __iter__(self):
        return iter([b"abcd"])

    def close(self):
        _board.note(self.key, "closed")


class ClosedList(list):
    def close(self):
        _board.note(self.key, "closed")


class Dynamic(object):
    """Delegates, as middleware does: close is found by __getattr__."""

    def __init__(self, wrapped):
        self.wrapped = wrapped

    def __iter__(self):
        return iter(self.wrapped)

    def __getattr__(self, name):
        return getattr(self.wrapped, name)


class RaisesOnIter(Result):
    def __iter__(self):
        raise ValueError("secret")


def _generated(key, *blocks):
    try:
        for block in blocks:
            if isinstance(block, Exception):
                raise block
            yield block
    finally:
        _board.note(key, "closed")


def _closed_list(key):
    result = ClosedList([b"ab", b"cd"])
    result.key = key
    return result


def _ignores_exit(key):
    try:
        while True:
            yield b"01234"
    except GeneratorExit:
        _board.note(key, "closed")
        yield b"ignored"


def _of_java(key):
    from java.lang import IllegalStateException

    return Result(key, [b"ab", b"cd"], IllegalStateException("secret"))


FAILURE = ValueError("secret")

CASES = {
    "whole": lambda key: Result(key, [b"ab", b"cd"]),
    "one_block": lambda key: Result(key, [b"abcd"]),
    "old_style": OldStyle,
    "list_subclass": _closed_list,
    "dynamic": lambda key: Dynamic(Result(key, [b"abcd"])),
    "generator": lambda key: _generated(key, b"ab", b"cd"),
    # Failures on the way.
    "raises_on_iter": lambda key: RaisesOnIter(key, []),
    "raises_at_first": lambda key: Result(key, _generated("-", FAILURE)),
    "raises_later": lambda key: Result(key, _generated("-", b"ab", FAILURE)),
    "generator_raises": lambda key: _generated(key, b"ab", FAILURE),
    "no_block": lambda key: Result(key, [5]),
    "too_long": lambda key: Result(key, [b"01234", b"56789", b"more"]),
    "too_short": lambda key: Result(key, [b"012"]),
    "generator_too_long": lambda key: _generated(key, b"01234", b"56789", b"more"),
    # close() itself fails.
    "close_raises": lambda key: Result(key, [b"ab", b"cd"], FAILURE),
    "close_exits": lambda key: Result(key, [b"ab", b"cd"], SystemExit(3)),
    "close_raises_java": _of_java,
    "generator_ignores_exit": _ignores_exit,
    "raises_and_close_raises": lambda key: Result(
        key, _generated("-", FAILURE), KeyError("another secret")
    ),
}


def application(environ, start_response):
    query = _board.query(environ)
    result = CASES[query["case"]](query["key"])
    headers = [("Content-Type", "text/plain"), ("X-App", "1")]
    if query.get("length"):
        headers.append(("Content-Length", query["length"]))
    if query.get("never") is None:
        start_response("200 OK", headers)
    if environ["REQUEST_METHOD"] == "POST":
        environ["wsgi.input"].read()
    return result
