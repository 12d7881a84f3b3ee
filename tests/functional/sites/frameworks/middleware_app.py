"""isthmus.middleware.session over the container's: the path says what to do with it."""

import json

from isthmus.middleware.session import Sessions


def _count(session):
    session["n"] = session.get("n", 0) + 1
    return session["n"]


def _login(session):
    session.rotate()
    session["user"] = u"jos\u00e9"


WAYS = {
    "look": dict,
    "count": _count,
    "login": _login,
    "logout": lambda session: session.invalidate(),
}


def app(environ, start_response):
    found = WAYS[environ["PATH_INFO"][1:]](environ["isthmus.session"])
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(found).encode("ascii")]


application = Sessions(app)
