"""Stores in the HttpSession of Java, through isthmus.request, what only Python has."""

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


def application(environ, start_response):
    session = environ["isthmus.request"].getSession()
    refused = {}
    for key, value in _values().items():
        try:
            session.setAttribute(key, value)
        except TypeError as e:
            refused[key] = str(e).partition(":")[0]
    same = session == environ["isthmus.request"].getSession(False)
    found = [refused, same, session.getAttribute("list").get(0), session.isNew()]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(found).encode("utf-8")]
