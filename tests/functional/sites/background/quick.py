"""Starts at once, and tells which of two modules were imported before it."""

import json
import sys

NAMES = ("colorsys", "wsgiref.headers")
BEFORE = [name for name in NAMES if name in sys.modules]


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(BEFORE).encode("ascii")]
