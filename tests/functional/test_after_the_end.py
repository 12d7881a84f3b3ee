"""What an application keeps beyond its request: never another request's."""

import pytest

import board

USES = {
    "start_at_last": "IS0046",
    "start_again": "IS0012",
    "start_with_exc_info": "ValueError late",
    "write": "IS0046",
    "write_much": "IS0046",
    "read": "IS0045",
    "errors": "written",
}


def _outlive(mount, case):
    """The outcome of the use, while another request of the connection is under way."""
    mounted = mount("outlives")
    notes = board.Board(mount)
    gate = board.Board(mount)
    target = mounted.prefix + notes.query(case)
    with mounted.connect() as first, mounted.connect() as second:
        first.request("GET", target, [("X-Mine", "mine")])
        kept = first.receive().keeps_alive
        # The container uses its objects anew for this one, which has begun.
        connection = first if kept else second
        target = mount("head_waits").prefix + gate.query()
        connection.request("GET", target, [("X-Mine", "another")])
        gate.wait_for("empty blocks are out")
        notes.add("go")
        noted = notes.wait_for("done")
        gate.add("nothing came")
        return noted[1], connection.receive()


@pytest.mark.parametrize("case", USES)
def test_late_use_is_an_error_of_the_application(mount, case):
    outcome, _ = _outlive(mount, case)
    assert USES[case] in outcome


@pytest.mark.parametrize("case", USES)
def test_late_use_does_not_touch_another_response(mount, case):
    _, other = _outlive(mount, case)
    assert (other.status, other.body, other.complete) == (200, b"now", True)
    assert [n for n, v in other.headers if n in ("X-Late", "Set-Cookie")] == []


@pytest.mark.parametrize("case", ["environ_seen", "environ_unseen", "environ_copy"])
def test_kept_environ_has_the_values_of_its_own_request(mount, case):
    outcome, _ = _outlive(mount, case)
    assert outcome.startswith("outcome: GET case=%s&key=" % case)
    assert outcome.endswith(" mine")


@pytest.mark.jython
def test_environ_first_read_after_its_request_is_an_error(mount):
    mounted = mount("never_looks")
    # On one connection, where the second request begins when the first one has ended.
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + "/?first")
        assert connection.receive().keeps_alive
        connection.request("GET", mounted.prefix + "/?second")
        assert b"IS0044" in connection.receive().body
