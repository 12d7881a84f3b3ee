"""A guest book in Flask 3: a form, a session, a database, an upload and a stream."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from flask import (
    Flask,
    Response,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface


class BelowTheContextPath(SecureCookieSessionInterface):
    """Flask's cookie would be of the whole host, and so of its other applications."""

    def get_cookie_path(self, app: Flask) -> str:
        return request.script_root or "/"


app = Flask(__name__)
app.session_interface = BelowTheContextPath()
# Of a real application, from a <context-param> or the environment: never in the source.
app.config.update(SECRET_KEY=b"only an example", SESSION_COOKIE_SAMESITE="Lax")


def database() -> sqlite3.Connection:
    """Several processes serve requests, so nothing is kept in memory."""
    directory = Path(os.environ.get("ISTHMUS_DATA_DIR", app.instance_path))
    directory.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(directory / "book.sqlite3")
    connection.execute("create table if not exists entries (name text)")
    return connection


def entries() -> list[str]:
    with closing(database()) as book:
        return [name for (name,) in book.execute("select name from entries")]


@app.get("/")
def book() -> str:
    return render_template("book.html", entries=entries())


@app.post("/sign")
def sign() -> Response:
    if name := request.form["name"].strip():
        with closing(database()) as book, book:
            book.execute("insert into entries values (?)", (name,))
        session["name"] = name
    else:
        flash("Who are you?")
    return redirect(url_for("book"))


@app.post("/measure")
def measure() -> dict:
    upload = request.files["file"]
    return {"name": upload.filename, "bytes": len(upload.read())}


@app.get("/count")
def count() -> Response:
    def numbers() -> Iterator[str]:
        yield from (f"{number}\n" for number in range(1, 4))

    return Response(numbers(), mimetype="text/plain")


@app.get("/share/<int:people>")
def share(people: int) -> dict:
    """Each one's part; with nobody it fails: a 500, and a traceback in the log."""
    return {"part": 1 / people}
