"""isthmus.events in a worker: what is called, with what, and what that may do."""

import pytest

from isthmus_worker import frames

APP = r"""
import logging
import os
import tempfile

heard = []


def hear(details):
    environ = details.pop("environ", None)
    if environ is not None:
        details["path"] = environ["PATH_INFO"]
        environ["heard"] = "by the event"
    if "exc_info" in details:
        kind, value, frames = details.pop("exc_info")
        names = []
        while frames is not None:
            names.append(frames.tb_frame.f_code.co_name)
            frames = frames.tb_next
        details.update(kind=kind.__name__, value=str(value), last=names[-1:])
    if "seconds" in details:
        details["seconds"] = 0 <= details["seconds"] < 60
    heard.append(details)


def fails(details):
    raise RuntimeError("of an event")


def exits(details):
    raise SystemExit("of an event")


def stops(details):
    print("stopping", sorted(details.items()))


def application(environ, start_response):
    return globals()[environ["PATH_INFO"].strip("/")](environ, start_response)


def ok(environ, start_response):
    start_response("201 Created", [])
    return [environ["heard"].encode()]


def told(environ, start_response):
    start_response("200 OK", [])
    shown = heard[:-1]
    del heard[:]
    return [ascii(shown).encode()]


def raises(environ, start_response):
    raise KeyError("of the application")


def raises_late(environ, start_response):
    start_response("200 OK", [])
    yield b"begun"
    raise KeyError("late")


def returns_none(environ, start_response):
    start_response("200 OK", [])


class Closes:
    def __iter__(self):
        return iter([b"a", b"bc"])

    def close(self):
        raise KeyError("of close")


def closes(environ, start_response):
    start_response("202 Accepted", [])
    return Closes()


def file(environ, start_response):
    start_response("200 OK", [])
    content = tempfile.TemporaryFile()
    content.write(b"0123456789")
    content.seek(4)
    return environ["wsgi.file_wrapper"](content)


def endless(environ, start_response):
    start_response("200 OK", [])
    while True:
        yield b"x" * 65536
"""

EVENTS = {
    "request_started": ["app:hear", "app:fails"],
    "request_finished": ["app:exits", "app:hear"],
    "exception": ["app:hear"],
    "stopping": ["app:stops"],
}


@pytest.fixture(scope="module")
def worker(start):
    worker = start({"app.py": APP}, slots=3)
    assert worker.load("app:application", events=EVENTS)[1] == "app:application"
    return worker


@pytest.fixture
def ask(worker):
    """Ask for a path; the response, and what the events were told of it."""

    def asked(path, **options):
        worker.slots[0].request(0, {"PATH_INFO": "/told"})
        response = worker.slots[0].request(0, {"PATH_INFO": path}, **options)
        heard = eval(worker.slots[0].request(0, {"PATH_INFO": "/told"}).body)
        # Of the request that has asked before, its end.
        assert [heard[0]["path"], heard[0]["event"]] == ["/told", "request_finished"]
        for event in heard:
            assert event.pop("app") == "app:application"
        assert {event.pop("path") for event in heard[1:]} == {path}
        return response, heard[1:]

    return asked


STARTED = {"event": "request_started"}


def _finished(status, octets, client_gone=False):
    return {
        "event": "request_finished",
        "status": status,
        "octets": octets,
        "seconds": True,
        "client_gone": client_gone,
    }


def _exception(kind, value, code, last):
    event = {"event": "exception", "kind": kind, "value": value, "code": code}
    return {**event, "last": last}


def test_request_begins_and_ends(ask):
    response, heard = ask("/ok")
    assert (response.status, response.body) == ("201 Created", b"by the event")
    assert heard == [STARTED, _finished(201, len("by the event"))]


@pytest.mark.parametrize(
    "path, error, value, octets",
    [("/raises", 500, "of the application", 0), ("/raises_late", 200, "late", 5)],
)
def test_exception_is_reported_with_its_traceback(ask, path, error, value, octets):
    response, heard = ask(path)
    assert "KeyError: '%s'" % value in response.failure[2]
    code = "APPLICATION_RAISED"
    exception = _exception("KeyError", repr(value), code, [path[1:]])
    assert heard == [STARTED, exception, _finished(error, octets)]


def test_broken_rule_is_reported_with_its_message(ask):
    response, heard = ask("/returns_none")
    assert response.failure[0] == "RESULT_NONE"
    exception = _exception("ValueError", "RESULT_NONE:", "RESULT_NONE", [])
    assert heard == [STARTED, exception, _finished(500, 0)]


def test_exception_of_close_is_reported(ask):
    response, heard = ask("/closes")
    assert "KeyError: 'of close'" in response.trouble
    exception = _exception("KeyError", "'of close'", "APPLICATION_RAISED", ["close"])
    assert heard == [STARTED, exception, _finished(202, 3)]


@pytest.mark.parametrize("takes_files", [True, False])
def test_file_is_counted(ask, takes_files):
    _, heard = ask("/file", takes_files=takes_files)
    assert heard == [STARTED, _finished(200, 6)]


def test_client_that_goes_away_is_no_exception(worker):
    worker.slots[1].request(0, {"PATH_INFO": "/told"})
    worker.send(2, environ={"PATH_INFO": "/endless"})
    kind = worker.slots[2].next()[0]
    assert kind == frames.HEAD
    worker.slots[2].close()
    assert worker.event(frames.DROPPED) == (2, None)
    heard = eval(worker.slots[1].request(0, {"PATH_INFO": "/told"}).body)[1:]
    assert [event["event"] for event in heard] == [
        "request_started",
        "request_finished",
    ]
    assert (heard[1]["status"], heard[1]["client_gone"]) == (200, True)


def test_function_that_fails_is_logged_once(worker, ask):
    for _ in range(3):
        ask("/ok")
    texts = [text for name, _, text, _ in worker.log if name == "isthmus"]
    assert [text.split("\n")[0] for text in texts] == [
        "EVENT_FAILED: app:fails (app:application)",
        "EVENT_FAILED: app:exits (app:application)",
    ]
    assert "RuntimeError: of an event" in texts[0]


@pytest.mark.parametrize("name", ["app:absent", "app:heard", "absent:hear"])
def test_function_that_is_not_there_is_reported(start, name):
    worker = start({"app.py": APP})
    event = worker.load("app:application", events={"stopping": [name]})
    assert event[1:3] == ("EVENT_ABSENT", [name, "stopping"])


def test_end_is_reported(start):
    worker = start({"app.py": APP})
    worker.load("app:application", events={"stopping": ["app:stops", "app:fails"]})
    worker.command(frames.EXIT, ())
    assert worker.process.wait(20) == 0
    worker.wait(lambda: worker.lines("stdout"))
    shown = "stopping [('app', 'app:application'), ('event', 'stopping')]"
    assert worker.lines("stdout") == [shown]
