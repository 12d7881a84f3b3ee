"""Answers with its name, who registered it, and the two halves of its path."""

import json


def application(environ, start_response):
    """Answer a request."""
    names = ("test.who", "SCRIPT_NAME", "PATH_INFO")
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps([environ.get(name) for name in names]).encode("ascii")]


def create():
    """Return an application, as a factory does."""
    return application
