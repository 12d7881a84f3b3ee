"""Imports the module that the query string names, and answers with its ORIGIN."""

import sys


def application(environ, start_response):
    name = environ["QUERY_STRING"]
    __import__(name)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [sys.modules[name].ORIGIN.encode("ascii")]
