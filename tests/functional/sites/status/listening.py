"""Functions that are told of events, and an application that happens."""

import json
import sys
import threading

_all_seen = []
_changed = threading.Condition()


def _tell(event, **more):
    environ = event["environ"]
    if environ["PATH_INFO"] == "/told":
        return
    query = environ["QUERY_STRING"]
    seen = dict(more, event=event["event"], app=event["app"], query=query)
    with _changed:
        _all_seen.append(seen)
        _changed.notify_all()


def started(event):
    event["environ"]["listening.mark"] = "by the event"
    _tell(event)


def finished(event):
    names = ("status", "octets", "client_gone")
    _tell(event, timed=event["seconds"] > 0, **dict((n, event[n]) for n in names))


def raised(event):
    kind, value, traceback = event["exc_info"]
    name = getattr(kind, "__name__", str(kind))
    at = traceback is not None
    _tell(event, kind=name, value=str(value), code=event["code"], at=at)


def fails(event):
    raise RuntimeError("of an event: " + event["event"])


def exits(event):
    sys.exit("of an event")


class Closing(object):
    def __init__(self, fails):
        self._fails = fails

    def __iter__(self):
        yield b"closing"

    def close(self):
        if self._fails:
            raise KeyError("in close")


def application(environ, start_response):
    """Do what the path says; /told answers what events have told of a query."""
    path = environ["PATH_INFO"]
    if path == "/told":
        return _answer_seen(environ, start_response)
    if path == "/raises":
        raise ValueError("in the application")
    if path == "/breaks":
        start_response("200", [])
    if path == "/java":
        from java.lang import IllegalStateException

        raise IllegalStateException("of Java")
    start_response("201 Created", [("Content-Type", "text/plain")])
    if path == "/closes":
        return Closing(True)
    return [environ["listening.mark"].encode("ascii")]


def _answer_seen(environ, start_response):
    wanted = environ["QUERY_STRING"]
    with _changed:
        for _ in range(100):
            seen = [t for t in _all_seen if t["query"] == wanted]
            if any(t["event"] == "request_finished" for t in seen):
                break
            _changed.wait(0.2)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(seen).encode("ascii")]
