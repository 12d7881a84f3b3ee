"""Answers with who registered it and the two halves of its path, or its Python."""

import json
import socket
import sys


def application(environ, start_response):
    """Answer a request."""
    names = ("test.who", "SCRIPT_NAME", "PATH_INFO")
    answer = [environ.get(name) for name in names]
    if environ.get("QUERY_STRING") == "python":
        # Each interpreter has a sys of its own.
        answer = id(sys)
    if environ.get("QUERY_STRING") == "sources":
        answer = sorted(_sources())
    if environ.get("QUERY_STRING") == "socket":
        answer = _sent().decode("ascii")
    if environ.get("QUERY_STRING") == "database":
        answer = _database()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode("ascii")]


def _sources():
    """The modules of Jython and Isthmus that were compiled from their sources."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if file.endswith(".py") and name != __name__:
            yield name


def _sent():
    """What comes through two sockets, for which Jython subclasses netty's classes."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(1)
    client = socket.create_connection(server.getsockname())
    client.sendall(b"ping")
    accepted, _ = server.accept()
    received = accepted.recv(4)
    for each in (accepted, client, server):
        each.close()
    return received


def _database():
    """What the database calls itself that the program provides."""
    from isthmus import db

    with db.connect("jdbc/shop") as connection:
        cursor = connection.cursor()
        cursor.execute("select current_catalog")
        return cursor.fetchone()[0]


def create():
    """Return an application, as a factory does."""
    return application


def stopping(event):
    """Say so, for the log."""
    print("%(event)s %(app)s" % event)
