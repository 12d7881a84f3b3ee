"""Stores in the HttpSession of Java, through isthmus.request, what only Python has.

The path names one of TESTS.
"""

import json


class Cart(object):
    """What no other server knows."""


def _values():
    from java.util import ArrayList, HashMap

    mixed = ArrayList()
    mixed.add([1])
    beans = HashMap()
    beans.put("key", "value")
    return {
        "list": [1, {"a": (u"\u00e9", None)}],
        "java": beans,
        "object": Cart(),
        "within": [Cart()],
        "mixed": mixed,
        "class": Cart,
    }


def _holders():
    """Objects of Java's with an object of Python's in them, but for the last two."""
    from java.lang.ref import SoftReference
    from java.util import ArrayList, HashMap, Optional, TreeMap
    from java.util.concurrent.atomic import AtomicReference, AtomicReferenceArray

    carts = HashMap()
    carts.put("cart", Cart())
    deep = ArrayList([Cart()])
    for _ in range(200):
        deep = ArrayList([deep])
    array = AtomicReferenceArray(2)
    array.set(1, Cart())
    endless = ArrayList()
    endless.add(endless)
    return {
        "optional": Optional.of(Cart()),
        "atom": AtomicReference(Cart()),
        "atoms": array,
        "reference": SoftReference(Cart()),
        "map": carts,
        "entry": carts.entrySet().iterator().next(),
        "sorted": TreeMap({"a": Optional.of(ArrayList([Cart()]))}),
        "deep": deep,
        "endless": endless,
        "empty": Optional.empty(),
    }


def _accessed(request, value):
    request.getSession().getAccessor().access(lambda s: s.setAttribute("x", value))


WAYS = {
    "session": lambda request, x: request.getSession().setAttribute("x", x),
    "property": lambda request, x: request.session.setAttribute("x", x),
    "unwrapped": lambda request, x: request.getRequest().session.setAttribute("x", x),
    "wrapped": lambda request, x: request.request.getSession(True).setAttribute("x", x),
    "accessor": _accessed,
}


def _by_ways(request, names):
    """Return the ways by which a cart was refused, and what has come through."""
    refused = {}
    for way in names.split(","):
        try:
            WAYS[way](request, Cart())
        except TypeError as e:
            refused[way] = str(e).partition(":")[0]
    return [refused, list(request.getSession().getAttributeNames())]


def _stored(session, values):
    """Store values; return the codes of those that were refused."""
    refused = {}
    for key, value in values.items():
        try:
            session.setAttribute(key, value)
        except TypeError as e:
            refused[key] = str(e).partition(":")[0]
    return refused


def _held(request, query):
    session = request.getSession()
    refused = _stored(session, _holders())
    found = [refused, sorted(session.getAttributeNames())]
    session.invalidate()
    return found


def _kinds(request, query):
    session = request.getSession()
    refused = _stored(session, _values())
    same = session == request.getSession(False)
    return [refused, same, session.getAttribute("list").get(0), session.isNew()]


TESTS = {"ways": _by_ways, "holders": _held}


def application(environ, start_response):
    test = TESTS.get(environ["PATH_INFO"].rpartition("/")[2], _kinds)
    found = test(environ["isthmus.request"], environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(found).encode("utf-8")]
