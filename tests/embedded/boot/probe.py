"""The example's application, and at /greet/!... what Python finds in Spring Boot."""

import colorsys
import json
import os

import greeter.web

import isthmus

# What a test replaces.
EDIT = 0
_done = []


def application(environ, start_response):
    """Answer a request."""
    if environ["PATH_INFO"] == "/!forward":
        return environ["isthmus.forward"]("/", {})
    probe = PROBES.get(environ["PATH_INFO"])
    if probe is None:
        return greeter.web.application(environ, start_response)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(probe(environ)).encode("ascii")]


def edit(environ):
    return [EDIT, os.getpid()]


def first(environ):
    return hasattr(colorsys, "IS_OURS")


def user(environ):
    asked = environ["isthmus.user"]
    roles = [role for role in ("ADMIN", "AUDITOR") if asked.in_role(role)]
    return [environ["REMOTE_USER"], asked.name, roles]


def session(environ):
    kept = environ["isthmus.session"]
    kept["visits"] = kept.get("visits", 0) + 1
    return kept["visits"]


def submit(environ):
    """Have a task remember whom it is for; the answer is what tasks have remembered."""
    environ["isthmus.submit"](_done.append, environ["QUERY_STRING"])
    return list(_done)


def service(environ):
    """JDBC URL, user and password of a bean, or why Python does not get them."""
    try:
        found = isthmus.service(environ["QUERY_STRING"])
    except LookupError as refusal:
        return str(refusal)
    return [found.jdbc_url, found.user, found.password]


def database(environ):
    """What the database of a bean calls itself, or why there is none; on Jython."""
    from isthmus import db

    try:
        with db.connect(environ["QUERY_STRING"]) as connection:
            cursor = connection.cursor()
            cursor.execute("select current_catalog")
            return cursor.fetchone()[0]
    except db.InterfaceError as refusal:
        return str(refusal)


PROBED = (edit, first, user, session, submit, service, database)
PROBES = {"/!" + p.__name__: p for p in PROBED}
