"""Keeps what it was given beyond the end of its request, and uses it then; ?case= how.

The use is in a thread that waits for the note "go", which the test leaves once the
response is complete; what became of it is noted as "outcome: ...".
"""

import threading

import _board


def start_at_last(kept):
    kept["start_response"]("299 Late", [("X-Late", "1"), ("Set-Cookie", "late=1")])
    return "started"


def start_again(kept):
    kept["start_response"]("299 Late", [("X-Late", "1"), ("Set-Cookie", "late=1")])
    return "started"


def start_with_exc_info(kept):
    try:
        raise ValueError("late")
    except ValueError:
        import sys

        kept["start_response"]("299 Late", [("X-Late", "1")], sys.exc_info())
    return "started"


def write(kept):
    kept["write"](b"LATE")
    return "written"


def write_much(kept):
    kept["write"](b"LATE" * 30000)
    return "written"


def read(kept):
    return repr(kept["environ"]["wsgi.input"].read())


def environ_seen(kept):
    environ = kept["environ"]
    return "%(REQUEST_METHOD)s %(QUERY_STRING)s %(HTTP_X_MINE)s" % environ


def environ_unseen(kept):
    return environ_seen(kept)


def environ_copy(kept):
    return "%(REQUEST_METHOD)s %(QUERY_STRING)s %(HTTP_X_MINE)s" % kept["copy"]


def errors(kept):
    kept["environ"]["wsgi.errors"].write("late line of %s\n" % kept["key"])
    return "written"


def _use(kept, using):
    _board.wait(kept["key"], "go")
    try:
        _board.note(kept["key"], "outcome: " + using(kept))
    except Exception as error:
        _board.note(kept["key"], "outcome: %s %s" % (type(error).__name__, error))
    finally:
        _board.note(kept["key"], "done")


def application(environ, start_response):
    query = _board.query(environ)
    kept = {"key": query["key"], "environ": environ, "start_response": start_response}
    if query["case"] == "environ_copy":
        kept["copy"] = dict(environ)
    elif query["case"] == "environ_seen":
        environ.items()
    elif query["case"] != "environ_unseen":
        environ["wsgi.input"], environ["wsgi.errors"]
    if query["case"] != "start_at_last":
        kept["write"] = start_response("200 OK", [("Content-Type", "text/plain")])
    using = globals()[query["case"]]
    thread = threading.Thread(target=_use, args=(kept, using))
    thread.daemon = True
    thread.start()
    return [b"early"]
