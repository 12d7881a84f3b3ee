"""Answers with what one way of finding code or data gives: /<way> of a table."""

import sys
import traceback

import ways

# Flask and Django are applications of their own below their names.
MOUNTED = {"flask": "shop.flask_app:app", "django": "shop.django_app:app"}


def application(environ, start_response):
    """Answer a request."""
    name = environ["PATH_INFO"].split("/")[1]
    if name in MOUNTED:
        environ["SCRIPT_NAME"] += "/" + name
        environ["PATH_INFO"] = environ["PATH_INFO"][len(name) + 1 :]
        return _mounted(name)(environ, start_response)
    try:
        status, answer = "200 OK", getattr(ways, name)()
    except Exception:
        status, answer = "500 Failed", traceback.format_exc()
    start_response(status, [("Content-Type", "text/plain")])
    return [answer if isinstance(answer, str) else answer.encode("utf-8")]


def _mounted(name):
    module, _, attribute = MOUNTED[name].partition(":")
    __import__(module)
    return getattr(sys.modules[module], attribute)
