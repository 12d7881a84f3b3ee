"""Answers with what modjy put into environ beside PEP 3333, as JSON."""

import json
import sys


def application(environ, start_response):
    modjy = dict((k, environ[k]) for k in environ if k.startswith("modjy."))
    seen = {
        "modjy": modjy,
        "version": repr(environ["modjy.version"]),
        "request": environ["j2ee.request"].getRequestURI(),
        "response": environ["j2ee.response"].isCommitted(),
        "servlet": environ["j2ee.servlet"].getServletName(),
        "config": environ["j2ee.servlet_config"].getInitParameter("mine"),
        "context": environ["j2ee.servlet_context"].getContextPath(),
        "added": [environ["ADDED"], environ["GREETING"].decode("utf-8")],
        "name": __name__,
        "multithread": bool(environ["wsgi.multithread"]),
        "run_once": bool(environ["wsgi.run_once"]),
        "site": "site" in sys.modules,
        "path": [str(entry) for entry in sys.path],
        "same_request": environ["j2ee.request"] is environ["isthmus.request"],
    }
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(seen, default=repr).encode("ascii")]
