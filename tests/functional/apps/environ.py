"""Answers with its environ as JSON: each str octet-exact, others by type and repr."""

import json


def application(environ, start_response):
    strings = {}
    others = {}
    foreign = []  # whose repr() is no str
    for key, value in environ.items():
        if type(key) is not str:
            others["%r: a key" % key] = type(key).__name__
        elif type(value) is str:
            strings[key] = _octets(value)
        else:
            shown = repr(value)
            if type(shown) is not str:
                foreign.append(key)
            text = _octets(shown) if type(shown) is str else shown
            others[key] = [type(value).__name__, text]
    seen = {
        "strings": strings,
        "others": others,
        "foreign": foreign,
        "type": type(environ).__name__,
        "exactly_dict": type(environ) is dict,
        "file_wrapper_is_callable": callable(environ.get("wsgi.file_wrapper")),
    }
    body = json.dumps(seen).encode("ascii")
    start_response("200 OK", [("Content-Type", "application/json")])
    return [body]


def _octets(text):
    """One character for each octet: what a native str of PEP 3333 is on Python 3."""
    return text.decode("latin-1") if str is bytes else text
