"""Leaves threads behind that go on reading their environ; ?show= tells what they saw.

A request has its own number in each of its fields X-0 to X-59. The thread that it
leaves behind looks at all of them, at about the time at which the request ends.
"""

import threading
import time

FIELDS = 60
_seen = {"own": 0, "refused": 0}
_wrong = []
_lock = threading.Lock()


def _look(environ, number, delay):
    end = time.time() + delay
    while time.time() < end:
        pass
    found = set()
    error = None
    try:
        if delay * 10000 % 2 < 1:
            found = {v for k, v in environ.items() if k.startswith("HTTP_X_")}
        else:
            found = {environ.get("HTTP_X_%d" % i) for i in range(FIELDS)}
    except Exception as raised:
        error = raised
    with _lock:
        if error is not None and "IS0044" in str(error):
            _seen["refused"] += 1
        elif error is None and found == {number}:
            _seen["own"] += 1
        elif len(_wrong) < 20:
            _wrong.append("%s: %r %r" % (number, sorted(found, key=str)[:3], error))


def application(environ, start_response):
    query = environ["QUERY_STRING"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    if query == "show":
        with _lock:
            lines = ["%(own)d %(refused)d" % _seen] + _wrong
        return ["\n".join(lines).encode("utf-8")]
    delay = int(query) % 25 / 10000.0
    args = (environ, query, delay)
    thread = threading.Thread(target=_look, args=args)
    thread.daemon = True
    thread.start()
    return [b"left"]
