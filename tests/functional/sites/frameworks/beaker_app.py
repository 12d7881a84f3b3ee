"""Beaker with its session in the container's: the path says what to do with it."""

import json

import elsewhere

from isthmus.sessions.beaker import SessionMiddleware


def _count(session):
    session["n"] = session.get("n", 0) + 1
    session.save()
    return session["n"]


def _change(session):
    session.setdefault("cart", []).append(1)
    session.save()
    return session["cart"]


def _change_unmarked(session):
    session["cart"].append(2)
    return session["cart"]


def _revert(session):
    session["cart"].append(2)
    session.revert()
    session.save()
    return session["cart"]


def _delete(session):
    del session["n"]
    session.save()
    return ["n" in session, len(session), session.pop("n", None)]


def _login(session):
    session.regenerate_id()
    session["user"] = u"jos\u00e9"
    session.save()


def _switch(session):
    session.invalidate()
    session["user"] = "bob"
    session.save()


def _age(session):
    session.timeout = 77
    session.save()


def _refuse(session):
    session["cart"] = object()
    try:
        session.save()
    except TypeError as e:
        return [str(e).partition(":")[0], session.is_new]


def _write(session):
    session["n"] = 1


WAYS = {
    "unused": lambda session: None,
    "look": dict,
    "count": _count,
    "change": _change,
    "change_unmarked": _change_unmarked,
    "revert": _revert,
    "delete": _delete,
    "login": _login,
    "logout": lambda session: session.delete(),
    "switch": _switch,
    "age": _age,
    "refuse": _refuse,
    "write": _write,
}


def app(environ, start_response):
    way = environ["PATH_INFO"][1:]
    if way == "max_age":
        found = environ["isthmus.session"].max_age
    else:
        found = WAYS[way](environ["beaker.session"])
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(found, default=str).encode("ascii")]


plain = SessionMiddleware(app, {"session.type": "memory"})
auto = SessionMiddleware(
    app, {"session.type": "memory", "session.auto": True, "session.timeout": 77}
)


def either(environ, start_response):
    chosen = auto if environ["QUERY_STRING"] == "auto" else plain
    return chosen(environ, start_response)


application = elsewhere.also(either)
