"""isthmus.slow names a request in the log, isthmus.timeout ends it.

What ends on Jython, where a thread can be interrupted, is marked: test_worker_limits.py
has CPython's way.
"""

import pytest

import board
import client
from mounts import Mount

APP = "takes_long"
MOUNTS = [
    Mount("slow", APP, {"isthmus.slow": "1"}),
    Mount("timed", APP, {"isthmus.timeout": "2"}),
    Mount("roomy", APP, {"isthmus.timeout": "600", "isthmus.slow": "600"}),
    Mount(
        "timed_queue",
        APP,
        {"isthmus.timeout": "2", "isthmus.multithread": "false"},
    ),
]


@pytest.fixture(autouse=True)
def warm(request):
    """The first request of an application takes longer, and is not what is timed."""
    if "mount" in request.fixturenames:
        mount = request.getfixturevalue("mount")
        for name in ("slow", "timed", "timed_queue"):
            mount(name).get(board.Board(mount).query("returns"))


def _records(notes, mark, code):
    return [r for r in notes.records(mark) if code in r.text and notes.key in r.text]


def _timed_out(notes, mark):
    """The record of the timeout: the only one, unless the end takes a while as well."""
    records = _records(notes, mark, notes.key)
    (record,) = [r for r in records if "IS0094" not in r.text]
    assert "IS0093" in record.text
    return record


def test_slow_request_is_named_once_with_both_stacks(mount):
    mounted = mount("slow")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query("stays"))
        notes.wait_for("inside")
        mounted.server.log.wait_for("IS0092.*" + notes.key, mark)
        notes.add("go")
        assert connection.receive().body == b"done"
    (record,) = _records(notes, mark, "IS0092")
    assert record.level == "WARNING"
    assert "isthmus.slow (1 seconds)" in record.text
    python, _, java = record.text.partition("Java:")
    assert 'takes_long.py", line ' in python
    assert python.index("in stays") < python.index("in application")
    assert "org.isthmus.engine.%s." % mounted.server.engine.name in java


def test_request_in_time_is_not_named(mount):
    notes = board.Board(mount)
    mark = mount("roomy").server.log.mark()
    assert mount("roomy").get(notes.query("returns")).body == b"done"
    assert _records(notes, mark, "IS009") == []


# All at once, for each of them takes the whole time limit.
ENDED = ["sleeps", "gets", "swallows"]


@pytest.mark.jython
def test_request_that_takes_too_long_is_interrupted(mount):
    mounted = mount("timed")
    mark = mounted.server.log.mark()
    sent = []
    for case in ENDED:
        notes, connection = board.Board(mount), mounted.connect()
        connection.request("GET", mounted.prefix + notes.query(case))
        sent.append((case, notes, connection))
    for case, notes, connection in sent:
        with connection:
            response = connection.receive()
        assert (case, response.status, response.complete) == (case, 504, True)
        record = _timed_out(notes, mark)
        assert record.level == "ERROR"
        assert "isthmus.timeout (2 seconds)" in record.text
        assert "in " + case in record.text
        expected = ["inside", "swallowed", "done"] if case == "swallows" else ["inside"]
        assert notes.notes() == expected


@pytest.mark.jython
def test_response_that_has_begun_is_cut(mount):
    mounted = mount("timed")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query("sleeps-streaming"))
        response = connection.receive()
    assert (response.status, response.complete) == (200, False)
    assert notes.wait_for("closed") == ["inside", "closed"]
    assert _timed_out(notes, mark)


def test_container_that_waits_for_a_slow_upload_is_not_interrupted(mount):
    mounted = mount("timed")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        target = mounted.prefix + notes.query("returns-reading")
        connection.send(b"POST %s HTTP/1.1\r\n" % target.encode())
        connection.send(b"Host: here\r\nContent-Length: 4\r\n\r\nhe")
        mounted.server.log.wait_for("IS0093.*" + notes.key, mark)
        connection.send(b"re")
        response = connection.receive("POST")
        # The connection is whole: an interrupt in the container would have closed it.
        assert (response.status, response.complete) == (504, True)
        if response.keeps_alive:
            connection.request("GET", mount(APP).prefix + notes.query("returns"))
            assert connection.receive().body == b"done"
    assert "read 4" in notes.notes()


def test_container_that_waits_for_a_slow_reader_is_not_interrupted(mount):
    mounted = mount("timed")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query("pours-streaming"))
        mounted.server.log.wait_for("IS0093.*" + notes.key, mark)
        response = connection.receive()
    assert (response.status, response.complete) == (200, False)
    assert notes.wait_for("closed") == ["inside", "closed"]
    record = _timed_out(notes, mark)
    assert "org.isthmus.exchange.ResponseBody" in record.text


@pytest.mark.jython
def test_request_that_cannot_be_interrupted_is_named_and_answered_at_its_end(mount):
    mounted = mount("timed")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query("computes"))
        mounted.server.log.wait_for("IS0094.*" + notes.key, mark)
        notes.add("go")
        assert connection.receive().status == 504
    (late, remains) = _records(notes, mark, notes.key)
    assert (late.level, remains.level) == ("ERROR", "WARNING")
    assert "in computes" in remains.text


@pytest.mark.jython
def test_wait_for_an_application_that_is_not_thread_safe_ends_in_time(mount):
    mounted = mount("timed_queue")
    first, second = board.Board(mount), board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as one, mounted.connect() as two:
        one.request("GET", mounted.prefix + first.query("computes"))
        first.wait_for("inside")
        two.request("GET", mounted.prefix + second.query("returns"))
        assert two.receive().status == 504
        # The second is refused at its own deadline, the first at the next look of the
        # watchdog, which may be later.
        mounted.server.log.wait_for("IS0094.*" + first.key, mark)
        first.add("go")
        assert one.receive().status == 504
    assert second.notes() == []


# A filter is not asked for an included path.
@pytest.mark.jython
@pytest.mark.parametrize("entry", ["servlet"])
@pytest.mark.parametrize("target", ["timed", "roomy"])
def test_included_request_has_the_time_of_the_whole(server, entry, target):
    path = "/%s/%s/?case=returns-including&key=included" % (entry, target)
    assert client.fetch(server.address, "GET", path).body == b"before, done, after"
