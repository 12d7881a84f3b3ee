"""isthmus.timeout on CPython: 504 at once, and what does not come back is ended.

test_time_limits.py has what both engines do alike. The worker is this module's own, for
the last test ends it.
"""

import pytest

import board
from mounts import APPS, Mounted
from wars import War
from webxml import Servlet, WebXml

PATH = "/limits"
APP = {"isthmus.app": "takes_long:application"}
TIMED = {**APP, "isthmus.timeout": "3"}


def _servlet(name, params):
    return Servlet(name, ["/%s/*" % name], params)


WARS = [
    War(
        PATH,
        WebXml(
            servlets=[
                _servlet("board", {"isthmus.app": "board:application"}),
                _servlet("free", APP),
                _servlet("timed", TIMED),
                _servlet("serial", {**TIMED, "isthmus.multithread": "false"}),
            ]
        ),
        {
            "WEB-INF/app/%s.py" % name: APPS / (name + ".py")
            for name in ("_board", "board", "takes_long")
        },
    )
]


@pytest.fixture
def place(server):
    """place("name") is the servlet of that name."""
    return lambda name: Mounted(server, PATH.strip("/"), name)


def _records(notes, mark, code):
    return [r for r in notes.records(mark) if code in r.text and notes.key in r.text]


def test_application_that_is_not_thread_safe_gets_no_other_request_meanwhile(place):
    mounted = place("serial")
    first, second, third = (board.Board(place) for _ in range(3))
    with mounted.connect() as one, mounted.connect() as two:
        one.request("GET", mounted.prefix + first.query("computes"))
        first.wait_for("inside")
        assert one.receive().status == 504
        # The client has its answer; the application goes on.
        two.request("GET", mounted.prefix + second.query("returns"))
        assert two.receive().status == 504
    assert second.notes() == []
    first.add("go")
    assert mounted.get(third.query("returns")).body == b"done"


# All at once, for a worker is ended ten seconds after the limit.
ENDED = ["sleeps", "gets", "swallows", "sleeps-streaming"]


def test_request_that_does_not_come_back_ends_its_worker_and_no_other(place):
    mounted = place("timed")
    log = mounted.server.log
    mark = log.mark()
    sent = []
    for case in ENDED:
        notes, connection = board.Board(place), mounted.connect()
        connection.request("GET", mounted.prefix + notes.query(case))
        sent.append((case, notes, connection))
    for case, notes, connection in sent:
        with connection:
            response = connection.receive()
        streamed = case.endswith("streaming")
        expected = (200, False) if streamed else (504, True)
        assert (case, response.status, response.complete) == (case, *expected)
        (record,) = _records(notes, mark, notes.key)
        assert record.level == "ERROR"
        assert "IS0093" in record.text
        assert "isthmus.timeout (3 seconds)" in record.text
        assert "in " + case.partition("-")[0] in record.text
        assert notes.notes() == ["inside"]
    assert mounted.get(notes.query("returns")).body == b"done"
    log.wait_for("IS0186: ", mark)
    # faulthandler's, of each thread.
    log.wait_for("Fatal Python error: Aborted", mark)
    log.wait_for(r"takes_long\.py.* in sleeps", mark)
    assert mounted.get(notes.query("returns")).body == b"done"
    warnings = [
        r for r in log.records(mark) if "IS0186" in r.text or "IS0183" in r.text
    ]
    assert [r.level for r in warnings] == ["WARNING"]
