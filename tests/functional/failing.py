"""Requests to apps that fail: what the client gets, and what the log says of it."""

import re
from typing import NamedTuple

import board

# What no client may see: the failed response, the app's secrets, the server's inside.
UNSEEN = [b"secret", b"Traceback", b"org.isthmus", b"org.python", b"java.lang", b".py"]


class Failure(NamedTuple):
    """A response, the log records that name its request, the others, and the notes."""

    response: object
    records: list
    others: list
    notes: list
    engine: object


def request(mount, app, case, method="GET", **more):
    """One request for ?case=; its records are complete."""
    mounted = mount(app)
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    target = mounted.prefix + notes.query(case)
    with mounted.connect() as connection:
        # Kept alive, for Jetty ends a response by closing when it is to close anyway.
        connection.request(method, target, **more)
        response = connection.receive(method)
        records = notes.records(mark, connection if response.keeps_alive else None)
    named = [record for record in records if notes.key in record.text]
    others = [record for record in records if record not in named]
    return Failure(response, named, others, notes.notes(), mounted.server.engine)


def assert_clean_500(failure, *logged):
    """A 500 with nothing of the failed response, and one ERROR with all these texts."""
    response = failure.response
    assert (response.status, response.complete) == (500, True)
    assert [name for name, _ in response.headers if name.startswith("X-App")] == []
    assert [text for text in UNSEEN if text in response.body] == []
    assert_logged_once(failure, *logged)


def assert_aborted(failure, *logged, level="ERROR"):
    """An incomplete message, and one record with all these texts."""
    assert not failure.response.complete
    assert_logged_once(failure, *logged, level=level)
    # A container notes in a line of its own that a servlet threw.
    assert len(failure.others) <= 1
    for record in failure.others:
        assert re.search(r"\blogged before\b", record.text), record


def assert_logged_once(failure, *logged, level="ERROR"):
    """One record for the request, of this level and with all these texts.

    Those that depend on the engine are Jython's here (engines.py).
    """
    (record,) = failure.records
    assert record.level == level
    expected = [failure.engine.says(text) for text in logged]
    assert [text for text in expected if text not in record.text] == []
