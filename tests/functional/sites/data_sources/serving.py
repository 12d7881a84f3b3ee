"""A WSGI application that says, in JSON, what isthmus.service gives it."""

import json
import os
import subprocess
import sys

import isthmus

# At import, as applications that connect at their start.
POSTGRESQL = isthmus.service("jdbc/pg")


def fields():
    """What there is to read, and what may be printed."""
    source = isthmus.service("jdbc/shop")
    names = ("jdbc_url", "url", "user", "password")
    return [getattr(source, name) for name in names] + [repr(source)]


def connect():
    """A row of PostgreSQL, by libpq, which is below Python's drivers."""
    login = {"PGUSER": POSTGRESQL.user, "PGPASSWORD": POSTGRESQL.password}
    command = ["psql", "-XAtc", "select current_user, 6 * 7", POSTGRESQL.url]
    process = subprocess.Popen(
        command,
        env=dict(os.environ, **login),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return process.communicate()[0].decode("utf-8").strip()


def unnamed():
    """The exception for a data source that isthmus.services does not name."""
    try:
        isthmus.service("jdbc/hidden")
    except LookupError as error:
        return str(error)


def process():
    """What others on this machine may see of this process."""
    return [repr(sys.argv), repr(sorted(os.environ.items()))]


def import_db():
    """The exception of isthmus.db where there is no JDBC."""
    try:
        from isthmus import db
    except ImportError as error:
        return str(error)
    return db.apilevel


def fail():
    """Put a service into a traceback."""
    source = isthmus.service("jdbc/shop")
    raise ValueError(source)


def application(environ, start_response):
    """Run the function in PATH_INFO."""
    answer = globals()[environ["PATH_INFO"].strip("/")]()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode("utf-8")]
