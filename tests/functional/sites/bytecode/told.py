"""Answers with the files that modules were loaded from, and what a traceback shows."""

import json
import sys
import traceback

import shelf.inner


def _files():
    for name, module in sorted(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file:
            yield name, file


def _line():
    try:
        shelf.inner.fail()
    except ValueError:
        return traceback.extract_tb(sys.exc_info()[2])[-1]


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    answer = {"files": dict(_files()), "line": list(_line())}
    return [json.dumps(answer).encode("ascii")]
