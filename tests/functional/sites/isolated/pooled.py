"""Not thread-safe: it would notice two requests in one interpreter at once.

Interpreters share nothing of Python: notes are attributes of the ServletContext.
?case=stays waits for the note "go"; ?case=go leaves it; ?case=inside tells whether a
request with this key has come in.
"""

import json
import time
import uuid

TIMEOUT = 60.0
NAME = uuid.uuid4().hex
_inside = []
_seen = {"overlap": False, "calls": 0}


def application(environ, start_response):
    pairs = [pair.partition("=") for pair in environ["QUERY_STRING"].split("&")]
    query = dict((name, value) for name, _, value in pairs)
    request = environ["isthmus.request"]
    act = globals()[query["case"]]
    _inside.append(query["key"])
    _seen["overlap"] = _seen["overlap"] or len(_inside) > 1
    _seen["calls"] += 1
    try:
        return act(query["key"], request, environ, start_response)
    finally:
        _inside.pop()


def _answer(body, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(body).encode("ascii")]


def stays(key, request, environ, start_response):
    notes = request.getServletContext()
    notes.setAttribute("inside " + key, True)
    end = time.time() + TIMEOUT
    while not notes.getAttribute("go " + key) and time.time() < end:
        time.sleep(0.01)
    return looks(key, request, environ, start_response)


def looks(key, request, environ, start_response):
    body = {
        "name": NAME,
        "overlap": _seen["overlap"],
        "calls": _seen["calls"],
        "multithread": environ["wsgi.multithread"],
        "multiprocess": environ["wsgi.multiprocess"],
    }
    return _answer(body, start_response)


def go(key, request, environ, start_response):
    request.getServletContext().setAttribute("go " + key, True)
    return _answer(None, start_response)


def inside(key, request, environ, start_response):
    is_inside = request.getServletContext().getAttribute("inside " + key)
    return _answer(bool(is_inside), start_response)


def includes(key, request, environ, start_response):
    """The same application, in the same pool: it must not wait for itself."""
    start_response("200 OK", [("Content-Type", "text/plain")])(NAME.encode("ascii"))
    target = "%s?case=looks&key=%s" % (request.getServletPath(), key)
    request.getRequestDispatcher(target).include(request, environ["isthmus.response"])
    return [b" after"]
