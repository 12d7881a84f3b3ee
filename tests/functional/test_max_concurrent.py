"""isthmus.max_concurrent: a number of requests at once, a queue, and 503 beyond."""

import time

import pytest

import board
import client
from mounts import Mount

APP = "takes_long"
ONE = {"isthmus.max_concurrent": "1"}
MOUNTS = [
    Mount("refusing", APP, {**ONE, "isthmus.queue_timeout": "0"}),
    Mount("queueing", APP, {**ONE, "isthmus.queue_timeout": "60"}),
]


def _occupy(mounted, notes, connection):
    """Sends a request that stays in the application."""
    connection.request("GET", mounted.prefix + notes.query("stays"))
    notes.wait_for("inside")


def test_request_beyond_the_limit_is_refused(mount):
    mounted = mount("refusing")
    first, second = board.Board(mount), board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        _occupy(mounted, first, connection)
        refused = mounted.get(second.query("returns"))
        first.add("go")
        assert connection.receive().body == b"done"
    assert (refused.status, refused.header("Retry-After")) == (503, "1")
    # The operator's page for 503, or the container's: nothing of Isthmus's.
    assert b"IS0090" not in refused.body
    assert second.notes() == []
    # Of many refusals in a short time only the first is in the log.
    assert mounted.server.log.wait_for("IS0090: ")
    # A client may have all of a response before its place is free again.
    end = time.monotonic() + client.TIMEOUT
    while (response := mounted.get(second.query("returns"))).status == 503:
        assert time.monotonic() < end
    assert response.body == b"done"
    assert not [r for r in first.records(mark) if r.level == "ERROR"]


def test_request_beyond_the_limit_waits_its_turn(mount):
    mounted = mount("queueing")
    first, second = board.Board(mount), board.Board(mount)
    with mounted.connect() as one, mounted.connect() as two:
        _occupy(mounted, first, one)
        two.request("GET", mounted.prefix + second.query("returns"))
        # Time enough for it to come in, if it could.
        assert mount(APP).get(board.Board(mount).query("returns")).body == b"done"
        assert second.notes() == []
        first.add("go")
        assert [one.receive().body, two.receive().body] == [b"done", b"done"]


@pytest.mark.parametrize("case", ["raises", "stays-streaming"])
def test_place_is_free_again(mount, case):
    """After a failure, and after a client that went away."""
    mounted = mount("queueing")
    notes = board.Board(mount)
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query(case))
        if case == "raises":
            assert connection.receive().status == 500
        else:
            notes.wait_for("inside")
    notes.add("go")
    assert mounted.get(board.Board(mount).query("returns")).body == b"done"


# A filter is not asked for an included path.
@pytest.mark.jython
@pytest.mark.parametrize("entry", ["servlet"])
def test_included_request_needs_no_place_of_its_own(server, entry):
    target = "/%s/queueing/?case=returns-including&key=included" % entry
    response = client.fetch(server.address, "GET", target)
    assert response.body == b"before, done, after"
