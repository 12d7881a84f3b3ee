# coding: utf-8
"""What an application does with isthmus.session: the path names one of WAYS.

The answer is JSON. A failure of the session is its type and message.
"""

import json
import sys
import threading
import time
from datetime import date, datetime, timedelta
from datetime import time as daytime
from decimal import Decimal

try:
    from datetime import timezone

    EAST = timezone(timedelta(hours=5, minutes=30))
except ImportError:
    EAST = None

IS_3 = sys.version_info[0] > 2

VALUES = {
    "none": None,
    "yes": True,
    "no": False,
    "small": -7,
    "large": 2**31,
    "larger": -(2**63),
    "huge": 2**200,
    "fraction": 0.1,
    "infinite": float("inf"),
    "text": u"caf\u00e9 \u65e5\u672c \U0001f40d",
    "ascii": "plain",
    "octets": b"\x00\xff\x80",
    "list": [1, [u"\u00e9", None], {"deep": [5]}],
    "dict": {"a": {"b": [True]}, u"\u00e9": b"\xfe"},
    "empty": [],
    "nothing": {},
    "moment": datetime(2026, 11, 29, 10, 0, 1, 123456),
    u"cl\u00e9": "key",
}
if EAST:
    VALUES["east"] = datetime(1999, 12, 31, 23, 59, 59, 5, tzinfo=EAST)

_kept = []


class Cart(object):
    """What no session takes."""


class Text(type(u"")):
    """What a session takes as the text that it is."""


REFUSED = {
    "object": lambda: Cart(),
    "set": lambda: set([1]),
    "complex": lambda: 1j,
    "function": lambda: len,
    "date": lambda: date(2026, 7, 1),
    "daytime": lambda: daytime(1, 2),
    "dates": lambda: [date(2026, 7, 1)],
    "decimal": lambda: Decimal("1.5"),
    "within": lambda: {"items": [1, Cart()]},
    "keys": lambda: {1: "one"},
    "itself": lambda: _endless(),
    "surrogate": lambda: chr(0xD800),
    "zone": lambda: datetime(2026, 1, 1, tzinfo=_zone(hours=20)),
    "fraction": lambda: datetime(2026, 1, 1, tzinfo=_zone(microseconds=1)),
}


def _endless():
    found = []
    found.append(found)
    return found


def _zone(**offset):
    from datetime import tzinfo

    class Zone(tzinfo):
        def utcoffset(self, dt):
            return timedelta(**offset)

        def dst(self, dt):
            return None

    return Zone()


def _size(session, query):
    """Store what is too large for CPython."""
    try:
        session["big"] = "x" * (1 << 24)
    except ValueError as e:
        return str(e)


def _look(session, query):
    try:
        session["x"]
        raised = None
    except KeyError as e:
        raised = str(e.args[0])
    found = [session.get("x"), "x" in session, list(session), len(session)]
    return found + [raised, session.pop("x", 1), session == {}, session.max_age]


def _write(session, query):
    for key, value in VALUES.items():
        session[key] = value


def _read(session, query):
    """Return which values differ in value or type."""
    wrong = [repr(k) for k, v in VALUES.items() if not _same(session[k], v)]
    wrong += ["keys"] if set(session) != set(VALUES) else []
    wrong += ["len"] if len(session) != len(VALUES) else []
    wrong += ["dict"] if dict(session) != VALUES else []
    return wrong + [k for k in VALUES if k not in session]


def _same(found, expected):
    zones = [getattr(v, "tzinfo", None) for v in (found, expected)]
    if zones[1] and zones[0].utcoffset(found) != EAST.utcoffset(None):
        return False
    return found == expected and type(found) is type(expected)


def _refuse(session, query):
    try:
        session[u"k\u00e9y"] = REFUSED[query]()
    except TypeError as e:
        message = str(e)
        return [len(session), message if IS_3 else message.decode("utf-8")]


def _count(session, query):
    session["n"] = session.get("n", 0) + 1
    return session["n"]


def _slowly(session, query):
    """Count, so that another request has time to begin meanwhile."""
    count = session.get("n", 0) + 1
    time.sleep(0.5)
    session["n"] = count
    return count


def _mutate(session, query):
    session["cart"] = session.get("cart", [])
    before = session["cart"]
    before.append(1)
    unassigned = session["cart"]
    session["cart"] = before
    return [unassigned, session["cart"]]


def _convert(session, query):
    session["tuple"] = (1, ("a",))
    session["text"] = Text(u"text")
    session["array"] = bytearray(b"\xff\x01")
    session[Text(u"key")] = session.pop(Text(u"text"))
    found = [session["tuple"], session[Text(u"key")], len(session["array"])]
    return found + [type(session["array"]) is bytes]


def _delete(session, query):
    session["a"] = 1
    session["b"] = 2
    del session["a"]
    session.update(c=3)
    try:
        del session["a"]
    except KeyError:
        return [sorted(session), session.setdefault("d", 4), session.pop("b")]


def _clear(session, query):
    session.clear()
    return list(session)


def _keys(session, query):
    found = [3 in session, session.get(None), session.get(u"k\u00e9y".encode("utf-8"))]
    for key in (3, None, object()):
        try:
            session[key] = 1
        except TypeError as e:
            found.append(str(e).partition(":")[0])
    return found


def _state(session, query):
    return [session.id, session.is_new, session.max_age]


def _rotate(session, query):
    before = session.id
    session.rotate()
    return [before, session.id]


def _invalidate(session, query):
    session.invalidate()
    return [session.get("n"), session.id, session.is_new]


def _again(session, query):
    """End a session and begin another in one request."""
    session.invalidate()
    return _count(session, query)


def _age(session, query):
    # In Python 2, a long.
    session.max_age = type(1 << 64)(query) or None
    refused = []
    for wrong in (0, -1, 2**31, 0.5, 60.0, True, "60", [1]):
        try:
            session.max_age = wrong
        except (TypeError, ValueError) as e:
            code, _, text = str(e).partition(":")
            assert repr(wrong) in text
            refused.append([wrong, type(e).__name__, code])
    return [session.max_age, refused]


def _typo(session, query):
    try:
        session.maxage = 5
    except AttributeError as e:
        return str(e)


def _keep(session, query):
    _kept[:] = [session]


def _ended(session, query):
    found = []
    for use in (lambda s: s["n"], list, lambda s: s.update(n=1), lambda s: s.id):
        try:
            use(_kept[0])
        except RuntimeError as e:
            found.append(str(e).partition(":")[0])
    return found


def _java(session, query):
    """Read what Java code has put there."""
    messages = {}
    for key in ("bean", "half", "half_key", "half_within"):
        try:
            session[key]
        except TypeError as e:
            messages[key] = str(e)
    names = ["integer", "character", "strings", "date", "map"]
    found = {name: session[name] for name in names}
    found["date"] = found["date"].isoformat()
    is_in = [key for key in messages if key in session]
    return [found, is_in, sorted(session), messages]


def _thread(session, query):
    """Use it in another thread, while the request waits."""
    found = []

    def use():
        try:
            session["n"] = 1
        except RuntimeError as e:
            found.append(str(e).partition(":")[0])

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    return [found, _count(session, query)]


WAYS = {
    "thread": _thread,
    "look": _look,
    "write": _write,
    "read": _read,
    "refuse": _refuse,
    "count": _count,
    "slowly": _slowly,
    "mutate": _mutate,
    "convert": _convert,
    "delete": _delete,
    "clear": _clear,
    "keys": _keys,
    "state": _state,
    "rotate": _rotate,
    "invalidate": _invalidate,
    "again": _again,
    "age": _age,
    "typo": _typo,
    "size": _size,
    "keep": _keep,
    "ended": _ended,
    "java": _java,
}


def _late(session):
    """Use a session after the head: what is new needs a cookie, and fails."""
    yield b"begun\n"
    for use in ("count", "rotate", "state"):
        try:
            WAYS[use](session, "")
            yield use.encode("ascii") + b" worked\n"
        except RuntimeError as e:
            yield str(e).partition(":")[0].encode("ascii") + b"\n"


def application(environ, start_response):
    way = environ["PATH_INFO"].rpartition("/")[2]
    session = environ["isthmus.session"]
    start_response("200 OK", [("Content-Type", "application/json")])
    if way == "late":
        return _late(session)
    if way == "unused":
        return [b"null"]
    return [json.dumps(WAYS[way](session, environ["QUERY_STRING"])).encode("utf-8")]
