"""Declares ?declared= bytes and makes as many as ?case= says, in its way."""

import _board


class Lying(object):
    """Says that it has one block and has two."""

    def __len__(self):
        return 1

    def __iter__(self):
        return iter([b"01234", b"56789"])


def _generated(*blocks):
    for block in blocks:
        yield block


CASES = {
    "list": lambda write: [b"01234", b"56789"],
    "one_block": lambda write: [b"0123456789"],
    "generator": lambda write: _generated(b"01234", b"567", b"89"),
    "write": lambda write: [write(b"01234"), write(b"56789")][2:],
    "write_at_once": lambda write: [write(b"0123456789")][1:],
    "write_and_list": lambda write: [write(b"01234"), b"56789"][1:],
    "write_and_generator": lambda write: _generated(*[write(b"01234"), b"56789"][1:]),
    "nothing": lambda write: [],
    "nothing_generated": lambda write: _generated(),
    "lying": lambda write: Lying(),
}


def application(environ, start_response):
    query = _board.query(environ)
    headers = [("Content-Type", "text/plain")]
    if "declared" in query:
        headers.append(("Content-Length", query["declared"]))
    return CASES[query["case"]](start_response("200 OK", headers))
