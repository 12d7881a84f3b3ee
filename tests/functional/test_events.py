"""isthmus.events: functions of an application's own are told what happens."""

import uuid

import pytest

import client
import watched

WARS = [watched.WAR]


@pytest.fixture
def ask(server):
    """Ask the application for a path; the answer and what the events told of it."""

    def asked(path):
        key = uuid.uuid4().hex
        where = watched.PATH + "/listening%s?" + key
        response = client.fetch(server.address, "GET", where % path)
        events = client.fetch(server.address, "GET", where % "/told").json()
        for event in events:
            assert event.pop("query") == key
            assert event.pop("app") == watched.LISTENING
        return response, events

    return asked


def _finished(status, octets):
    return {
        "event": "request_finished",
        "status": status,
        "octets": octets,
        "client_gone": False,
        "timed": True,
    }


STARTED = {"event": "request_started"}


def _exception(kind, value, code, at=True):
    exception = {"event": "exception", "kind": kind, "value": value, "code": code}
    return dict(exception, at=at)


def test_request_begins_and_ends(ask):
    response, events = ask("/")
    # What an event puts into environ is there; what an event raises is not felt.
    assert (response.status, response.body) == (201, b"by the event")
    assert events == [STARTED, _finished(201, len("by the event"))]


def test_exception_is_reported_with_its_traceback(ask):
    response, events = ask("/raises")
    assert response.status == 500
    exception = _exception("ValueError", "in the application", "IS0036")
    assert events == [STARTED, exception, _finished(500, 0)]


def test_java_exception_is_one_too(ask):
    _, (_, exception, _) = ask("/java")
    assert exception["kind"].endswith("IllegalStateException")
    assert "of Java" in exception["value"]


def test_broken_rule_has_its_code(ask):
    _, (_, exception, _) = ask("/breaks")
    assert exception["kind"] == "ValueError"
    assert exception["value"].startswith("IS0011: ")


def test_exception_of_close_is_reported(ask):
    response, events = ask("/closes")
    assert (response.status, response.body) == (201, b"closing")
    exception = _exception("KeyError", "'in close'", "IS0036")
    assert events == [STARTED, exception, _finished(201, len("closing"))]


def test_function_that_fails_is_logged_once(server, ask):
    for _ in range(3):
        ask("/")
    text = server.log.text()
    for name, error in (
        ("listening:fails", "RuntimeError: of an event: request_started"),
        ("listening:exits", "SystemExit: of an event"),
    ):
        assert text.count("IS0099: '%s'" % name) == 1
        assert text.count(error) == 1
