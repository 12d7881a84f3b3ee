"""An error page: it keeps the status that led to it, and shows what CGI says of it."""

import json


def application(environ, start_response):
    names = ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    names += ("REDIRECT_STATUS", "REDIRECT_URL")
    status = environ.get("REDIRECT_STATUS", "200")
    start_response(status + " Error", [("Content-Type", "application/json")])
    return [json.dumps(dict((n, environ.get(n)) for n in names)).encode("ascii")]
