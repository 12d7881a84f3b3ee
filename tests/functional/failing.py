"""Requests to apps that fail: what the client gets, and what the log says of it."""

from typing import NamedTuple

import board

# What no client may see: the failed response, the app's secrets, the server's inside.
UNSEEN = [b"secret", b"Traceback", b"org.isthmus", b"org.python", b"java.lang", b".py"]


class Failure(NamedTuple):
    """A response, and the log records that name its request."""

    response: object
    records: list


def request(mount, app, case, method="GET", **more):
    """One request for ?case=; its records are complete."""
    mounted = mount(app)
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    response = mounted.request(method, notes.query(case), **more)
    records = [r for r in notes.records(mark) if notes.key in r.text]
    # The last one is the marker, which has the key too.
    return Failure(response, records[:-1])


def assert_clean_500(failure, *logged):
    """A 500 with nothing of the failed response, and one ERROR with all these texts."""
    response = failure.response
    assert (response.status, response.complete) == (500, True)
    assert [name for name, _ in response.headers if name.startswith("X-App")] == []
    assert [text for text in UNSEEN if text in response.body] == []
    assert_logged_once(failure, *logged)


def assert_logged_once(failure, *logged):
    """One record for the request, an ERROR, with all these texts."""
    (record,) = failure.records
    assert record.level == "ERROR"
    assert [text for text in logged if text not in record.text] == []
