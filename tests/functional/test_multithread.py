"""isthmus.multithread=false: one request at a time, from the call to close()."""

import pytest

import board
from mounts import Mount

MOUNTS = [Mount("serial", "overlaps", {"isthmus.multithread": "false"})]
PLACES = pytest.mark.parametrize("place", ["call", "iteration", "close"])


def _overlap(mount, name, place):
    """The notes of two requests, the second one sent while the first one stays."""
    mounted = mount(name)
    notes = board.Board(mount)
    with mounted.connect() as first, mounted.connect() as second:
        first.request("GET", mounted.prefix + notes.query(place))
        notes.wait_for("staying")
        second.request("GET", mounted.prefix + notes.query("second"))
        for connection in (first, second):
            assert connection.receive().body == b"begun, ended"
    return notes.notes()


@PLACES
def test_second_request_waits_until_the_first_is_closed(mount, place):
    assert "overlap" not in _overlap(mount, "serial", place)


@PLACES
def test_requests_overlap_by_default(mount, place):
    assert "overlap" in _overlap(mount, "overlaps", place)


def test_failure_lets_the_next_request_in(mount):
    mounted = mount("serial")
    notes = board.Board(mount)
    assert mounted.get(notes.query("raises")).status == 500
    assert mounted.get(notes.query("second")).body == b"begun, ended"


@pytest.mark.parametrize("name, flag", [("serial", "False"), ("overlaps", "True")])
def test_environ_tells_which(mount, name, flag):
    response = mount(name).get(board.Board(mount).query("second"))
    assert response.header("X-Multithread") == flag
