"""The frames that a worker sends through a slot: as octets, without sending them."""

import struct

from isthmus_worker import frames

_HEADER = frames.HEADER
# A header, the microseconds that a request took, the length of a head that follows; and
# a header with a whole body's length.
_FULL = struct.Struct("!IHBBII")
_LAST = struct.Struct("!IHBBI")
_HEAD = struct.Struct("!IHBBq")
_WANT = struct.Struct("!IHBBq")
_FILE = struct.Struct("!IHBBqI")


def full(slot, took, octets, length):
    """A whole response but for its body.

    :param octets: of its head.
    :param length: of its body.
    """
    whole = _FULL.size + len(octets) + length
    return _FULL.pack(whole, slot, frames.FULL, 0, took, len(octets)) + octets


def head(slot, octets, length):
    """A head; the length of the whole body, or -1."""
    whole = _HEAD.size + len(octets)
    return _HEAD.pack(whole, slot, frames.HEAD, 0, length) + octets


def first(slot, octets, length, block):
    """A head, and what precedes the first block of a body."""
    start = head(slot, octets, length)
    return start + body(slot, len(block), True) if block else start


def body(slot, length, flush):
    """What precedes a block of a body."""
    flags = frames.FLUSH if flush else 0
    return _HEADER.pack(8 + length, slot, frames.BODY, flags)


def file(slot, descriptor, position, name):
    """A file that the container may send, by the number of an open descriptor."""
    whole = _FILE.size + len(name)
    return _FILE.pack(whole, slot, frames.FILE, 0, position, descriptor) + name


def want(slot, size, flags):
    """A question for octets of the request's body."""
    return _WANT.pack(_WANT.size, slot, frames.WANT, flags, size)


def frame(slot, kind, payload):
    """A frame without fields of its own."""
    return _HEADER.pack(8 + len(payload), slot, kind, 0) + payload


def last(slot, kind, took, payload):
    """The last frame of a response, with the microseconds that its request took."""
    whole = _LAST.size + len(payload)
    return _LAST.pack(whole, slot, kind, 0, took) + payload
