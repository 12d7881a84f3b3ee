"""Waits at a gate before it reads: a test says when, from another connection.

?enter=N waits at gate N, then reads the body; ?state=N tells whether somebody waits
there; ?open=N lets them read.
"""

import threading

_gates = {}
_lock = threading.Lock()


def _gate(name):
    with _lock:
        if name not in _gates:
            _gates[name] = (threading.Event(), threading.Event())
        return _gates[name]


def application(environ, start_response):
    verb, _, name = environ["QUERY_STRING"].partition("=")
    waiting, opened = _gate(name)
    if verb == "enter":
        waiting.set()
        answer = b"shut"
        # A bound, so that a failing test cannot hold a thread for ever.
        if opened.wait(30) or opened.is_set():
            answer = environ["wsgi.input"].read()
    elif verb == "open":
        opened.set()
        answer = b"open"
    else:
        answer = b"waiting" if waiting.is_set() else b"empty"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [answer]
