"""The values that a session stores, in a form that ``marshal`` can write."""

from datetime import datetime

from isthmus.datetimes import fields

# As in PlainValues.java.
MAX_DEPTH = 100
_DAY_PART = 18 * 3600


class Refused(Exception):
    """A value that is not plain; the text is its type, as the message shows it.

    :ivar depth: 0 for the value itself, more for one within it.
    """

    def __init__(self, what, depth):
        Exception.__init__(self, what)
        self.depth = depth


def plain(value, depth=0):
    """Return a value as None, bool, int, float, str, bytes, list and dict.

    A datetime becomes a dict whose only key is None, and whose value has its numbers.

    :raises Refused: if it has a part of another type.
    """
    kind = type(value)
    if value is None or kind is bool or kind is int or kind is float or kind is bytes:
        return value
    if isinstance(value, str):
        return _text(value, depth)
    if isinstance(value, (list, tuple)):
        _require_shallow(value, depth)
        return [plain(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return _dict(value, depth)
    if isinstance(value, datetime):
        return {None: _fields(value, depth)}
    for base in (int, float, bytes):
        if isinstance(value, base):
            return base(value)
    if isinstance(value, bytearray):
        return bytes(value)
    raise Refused(kind.__name__, depth)


def _text(value, depth):
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Refused("str with half of a surrogate pair", depth) from None
    return value if type(value) is str else str.__str__(value)


def _dict(value, depth):
    _require_shallow(value, depth)
    found = {}
    for key, each in value.items():
        if not isinstance(key, str):
            raise Refused("dict with the key %r" % (key,), depth + 1)
        found[_text(key, depth)] = plain(each, depth + 1)
    return found


def _fields(value, depth):
    found = fields(value)
    offset = value.utcoffset()
    if offset is not None and offset.microseconds:
        raise Refused("datetime whose zone has a fraction of a second", depth)
    if len(found) > 7 and abs(found[7]) > _DAY_PART:
        raise Refused("datetime whose zone is more than 18 hours from UTC", depth)
    return found


def _require_shallow(value, depth):
    if depth == MAX_DEPTH:
        raise Refused(type(value).__name__ + " nested too deep", depth)
