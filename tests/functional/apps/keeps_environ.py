"""Keeps the environ of a request and shows its keys to the next one.

?keep looks at one key and keeps environ; ?show=KEY,KEY answers with what was kept.
"""

import json

_kept = []


def application(environ, start_response):
    keys = environ["QUERY_STRING"].partition("show=")[2]
    start_response("200 OK", [("Content-Type", "application/json")])
    if not keys:
        _kept[:] = [environ]
        return [b"kept"]
    values = [_kept[0].get(key) for key in keys.split(",")]
    return [json.dumps([_octets(value) for value in values]).encode("ascii")]


def _octets(value):
    return value.decode("latin-1") if isinstance(value, bytes) else value
