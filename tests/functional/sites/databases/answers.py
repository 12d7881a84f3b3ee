"""A WSGI application that runs a function of cases.py, and answers in JSON."""

import json

import cases
from urlparse import parse_qs


def application(environ, start_response):
    """Run the case in PATH_INFO with the fields of the query."""
    case = getattr(cases, environ["PATH_INFO"].strip("/"))
    fields = parse_qs(environ["QUERY_STRING"])
    answer = case(**{name: values[0] for name, values in fields.items()})
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer)]
