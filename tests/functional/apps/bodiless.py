"""Answers with ?status=, Content-Length ?length=, and the blocks of ?case=, noted."""

import itertools

import _board


class Blocks(object):
    """Notes each block that is asked for, and close()."""

    def __init__(self, key, blocks):
        self.key = key
        self.blocks = blocks

    def __iter__(self):
        for block in self.blocks:
            _board.note(self.key, block.decode("ascii") or "empty")
            yield block

    def close(self):
        _board.note(self.key, "closed")


CASES = {
    "none": [],
    "some": [b"", b"first", b"second"],
    "endless": itertools.repeat(b"again"),
}


def application(environ, start_response):
    query = _board.query(environ)
    headers = [("Content-Type", "text/plain"), ("X-App", "sent")]
    if query.get("length"):
        headers.append(("Content-Length", query["length"]))
    write = start_response(query["status"] + " Status", headers)
    if query["case"] == "written":
        write(b"first")
        write(b"second")
        return []
    if query["case"] == "list":
        return [b"first", b"second"]
    return Blocks(query["key"], CASES[query["case"]])
