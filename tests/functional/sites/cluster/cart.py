# coding: utf-8
"""A cart in the session: each /add appends an item, and answers how many there are.

/add sends its answer as a list, /blocks as a block of a known length, as Flask does.
/rotate does as /add does, with another identifier for the session, as a login would.
/read has the items, each as it was written or as what it is instead.
/sign logs in, with name:password in its query, and /who has the user and the role.
/unused does not use the session, and /enter answers without a body.
X-Node is the name of the node that answers, X-Version that of the application.
"""

import json
from datetime import datetime

import here

HEADERS = [("X-Node", here.NODE), ("X-Version", here.VERSION)]
AT = datetime(2026, 11, 29, 10, 0, 1, 123456)


def _item(number, size):
    return {"number": number, "name": u"caf\u00e9", "at": AT, "octets": b"\xff" * size}


def _add(session, query):
    number, _, size = query.partition(",")
    items = session.get("cart", [])
    items.append(_item(int(number), int(size)))
    session["cart"] = items
    return len(items)


def _rotate(session, query):
    session.rotate()
    return _add(session, query)


def _read(session, query):
    return [_checked(item) for item in session.get("cart", [])]


def _checked(item):
    known = _item(item["number"], len(item["octets"]))
    return item["number"] if item == known else repr(item)


def _sign(user, query):
    name, _, password = query.partition(":")
    return user.login(name, password)


USER_WAYS = {
    "sign": _sign,
    "who": lambda user, query: [user.name, user.in_role("member")],
}
WAYS = {
    "add": _add,
    "blocks": _add,
    "enter": _add,
    "rotate": _rotate,
    "read": _read,
    "unused": lambda session, query: None,
    # The pages of the FORM login.
    "login": lambda session, query: None,
    "wrong": lambda session, query: None,
}


def application(environ, start_response):
    way = (environ["SCRIPT_NAME"] + environ["PATH_INFO"]).rpartition("/")[2]
    key, ways = (
        ("isthmus.user", USER_WAYS) if way in USER_WAYS else ("isthmus.session", WAYS)
    )
    done = ways[way](environ[key], environ["QUERY_STRING"])
    body = json.dumps(done).encode("ascii")
    if way == "read":
        # Without a length, the client has it when the request has ended.
        start_response("200 OK", HEADERS[:])
        return iter([b"", body, b"\n"])
    if way == "enter":
        start_response("303 See Other", [("Location", "/")])
        return []
    length = ("Content-Length", str(len(body)))
    start_response("200 OK", [length] + HEADERS)
    return iter([body]) if way == "blocks" else [body]
