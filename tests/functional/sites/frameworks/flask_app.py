"""Flask with its session in the container's: the path says what to do with it."""

from datetime import timedelta

import elsewhere
from flask import Flask, flash, get_flashed_messages, jsonify, request, session

from isthmus.sessions.flask import ContainerSessionInterface

app = Flask(__name__)
app.config.update(PERMANENT_SESSION_LIFETIME=77, SECRET_KEY="only a test")
app.session_interface = ContainerSessionInterface()


def _count():
    session["n"] = session.get("n", 0) + 1
    return session["n"]


def _change():
    session.setdefault("cart", []).append(1)
    session.modified = True
    return session["cart"]


def _change_unmarked():
    session["cart"].append(2)
    return session["cart"]


def _delete():
    del session["n"]
    return ["n" in session, len(session), session.pop("n", None)]


def _login():
    session.rotate()
    session["user"] = u"jos\u00e9"


def _switch():
    session.clear()
    session["user"] = "bob"


def _age():
    session.permanent = True


def _ages():
    """Return what the container has of lifetimes that it cannot have."""
    found = []
    session.permanent = True
    for lifetime in (timedelta(days=36500), timedelta(milliseconds=300)):
        session.modified = True
        session.save(lifetime)
        found.append(request.environ["isthmus.session"].max_age)
    return found


def _refuse():
    try:
        session["cart"] = object()
    except TypeError as e:
        return [str(e).partition(":")[0], session.new]


def _flash():
    flash("Saved.", "good")


def _flashed():
    return get_flashed_messages(with_categories=True)


WAYS = {
    "unused": lambda: None,
    "look": lambda: dict(session),
    "count": _count,
    "change": _change,
    "change_unmarked": _change_unmarked,
    "delete": _delete,
    "login": _login,
    "logout": lambda: session.clear(),
    "switch": _switch,
    "age": _age,
    "ages": _ages,
    "max_age": lambda: request.environ["isthmus.session"].max_age,
    "refuse": _refuse,
    "flash": _flash,
    "flashed": _flashed,
}


@app.route("/<way>")
def view(way):
    return jsonify(WAYS[way]())


application = elsewhere.also(app)
