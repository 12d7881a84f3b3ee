"""Returns what ?case= names: iterables of every kind, and what is none."""

import itertools

import _board


class OldStyle:
    """An old-style class on Python 2: its instances are iterables all the same."""

    def __init__(self, blocks):
        self.blocks = blocks

    def __iter__(self):
        return iter(self.blocks)


class OldIterator:
    def __init__(self, blocks):
        self.blocks = list(blocks)

    def __iter__(self):
        return self

    def next(self):
        if not self.blocks:
            raise StopIteration
        return self.blocks.pop(0)

    __next__ = next


class NewStyle(object):
    def __init__(self, blocks):
        self.blocks = blocks

    def __iter__(self):
        return iter(self.blocks)


class OneBlock(NewStyle):
    def __len__(self):
        return len(self.blocks)


class Sequence:
    """Has no __iter__: Python asks for items 0, 1, 2 until IndexError."""

    def __getitem__(self, index):
        return [b"ab", b"", b"cd"][index]


class NewSequence(object):
    def __getitem__(self, index):
        return [b"ab", b"", b"cd"][index]


class Blocks(list):
    """A list that is asked for its blocks like any other iterable."""

    def __iter__(self):
        return iter([b"ab", b"cd"])


class Octets(bytes):
    pass


class RaisesOnIter(object):
    def __iter__(self):
        return None + 1


class RaisesOnGetItem(object):
    def __getitem__(self, index):
        return self.no_such_attribute


class RaisesOnLen(NewStyle):
    def __len__(self):
        return {}["no such key"]


class NotAnIterator(object):
    def __iter__(self):
        return 5


def _generated(*blocks):
    for block in blocks:
        yield block


RESULTS = {
    # Iterables.
    "list": lambda: [b"ab", b"cd"],
    "tuple": lambda: (b"ab", b"", b"cd"),
    "set": lambda: set([b"abcd"]),
    "dictionary": lambda: {b"abcd": 1},
    "iterator": lambda: iter([b"ab", b"", b"cd"]),
    "generator": lambda: _generated(b"", b"ab", b"cd", b""),
    "map": lambda: map(lambda block: block * 1, [b"ab", b"cd"]),
    # Jython's types of itertools have no attribute __iter__.
    "chain": lambda: itertools.chain([b"ab"], [b"", b"cd"]),
    "slice": lambda: itertools.islice([b"ab", b"cd", b"ef"], 2),
    "tee": lambda: itertools.tee([b"ab", b"cd"])[1],
    "old_style": lambda: OldStyle([b"ab", b"cd"]),
    "old_style_iterator": lambda: OldIterator([b"ab", b"cd"]),
    "new_style": lambda: NewStyle([b"ab", b"cd"]),
    "sequence": Sequence,
    "new_style_sequence": NewSequence,
    "list_subclass": Blocks,
    "str_subclass": lambda: [Octets(b"abcd")],
    "one_block": lambda: [b"abcd"],
    "one_block_tuple": lambda: (b"abcd",),
    "one_block_of_len_1": lambda: OneBlock([b"abcd"]),
    "str": lambda: b"abcd",
    # Blocks that are none, with and without a good one before.
    "unicode_block": lambda: [b"secret".decode("ascii")],
    "unicode_block_beyond_ascii": lambda: [b"secret\xc3\xa9".decode("utf-8")],
    "unicode_block_generated": lambda: _generated(b"secret".decode("ascii")),
    "unicode_block_empty": lambda: [b"".decode("ascii")],
    "int_block": lambda: [5],
    "int_block_second": lambda: [b"secret", 5],
    "int_block_generated": lambda: _generated(5),
    "none_block": lambda: [None],
    "list_block": lambda: [[b"secret"]],
    "bytearray_result": lambda: bytearray(b"secret"),
    "unicode_result": lambda: b"secret".decode("ascii"),
    # Results that are none.
    "none": lambda: None,
    "int": lambda: 5,
    "object": object,
    "function": lambda: _generated,
    # An application's own mistakes.
    "raises_on_iter": RaisesOnIter,
    "raises_on_getitem": RaisesOnGetItem,
    "raises_on_len": lambda: RaisesOnLen([b"secret"]),
    "not_an_iterator": NotAnIterator,
}


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-App", "1")])
    return RESULTS[_board.query(environ)["case"]]()
