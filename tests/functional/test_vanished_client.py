"""A client that goes away: an IOError for Python, and no error in the log."""

import pytest

import board

CASES = [
    "generated",
    "iterated",
    "written",
    "written_and_caught",
    "written_and_another_raised",
]
# Raises what is not the client's doing.
OWN = "written_and_another_raised"
LENGTH = 5 + 4000 * 65536


@pytest.fixture(params=["chunked", "counted"])
def vanish(mount, request):
    """Begins a response, leaves in the middle; the notes and the log records of it."""

    def vanished(case):
        mounted = mount("vanishing")
        notes = board.Board(mount)
        mark = mounted.server.log.mark()
        query = notes.query(case)
        if request.param == "counted":
            query += "&length=%d" % LENGTH
        connection = mounted.connect()
        connection.request("GET", mounted.prefix + query)
        connection.receive_head()
        connection.read_until(b"begun")
        connection.abort()
        notes.add("gone")
        noted = notes.wait_for("closed")
        if case == OWN:
            # It is logged a little later, and is not to be another test's.
            mounted.server.log.wait_for("ValueError: because the client", mark)
        return noted, notes, mark

    return vanished


@pytest.mark.parametrize("case", CASES)
def test_result_is_closed_once_without_sending_all(vanish, case):
    noted, _, _ = vanish(case)
    assert noted.count("closed") == 1
    assert "all was sent" not in noted


@pytest.mark.parametrize("case", [case for case in CASES if case != OWN])
def test_nothing_is_logged_as_a_warning_or_an_error(vanish, case):
    _, notes, mark = vanish(case)
    records = notes.records(mark)
    assert [r for r in records if r.level in ("ERROR", "WARNING")] == []


def test_what_the_application_raises_of_its_own_is_logged(vanish):
    _, notes, mark = vanish(OWN)
    (record,) = [r for r in notes.records(mark) if r.level in ("ERROR", "WARNING")]
    assert record.level == "ERROR"
    assert "IS0036" in record.text
    assert notes.key in record.text
    assert "ValueError: because the client went away" in record.text


def test_write_raises_an_ioerror_that_python_catches(vanish):
    _, notes, _ = vanish("written_and_caught")
    # EPIPE, as a broken pipe has it on CPython.
    assert notes.wait_for("IOError 32")


@pytest.mark.parametrize("case", ["python_file", "deleted_by_close", "noted"])
def test_client_that_leaves_a_file_is_no_error(mount, case):
    mounted = mount("files")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    connection = mounted.connect()
    query = notes.query("%s&size=%d" % (case, 64 << 20))
    connection.request("GET", mounted.prefix + query)
    connection.receive_head()
    connection.read_piece()
    connection.abort()
    if case == "noted":
        assert notes.wait_for("closed") == ["closed"]
    records = notes.records(mark)
    assert [r for r in records if r.level in ("ERROR", "WARNING")] == []


def test_next_request_of_another_client_is_answered(mount, vanish):
    vanish("generated")
    assert mount("hello").get().body == b"hello"


def test_stream_of_events_ends_when_its_client_has_gone(mount):
    mounted = mount("sends_events")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    connection = mounted.connect()
    connection.request("GET", mounted.prefix + notes.query("events"))
    response = connection.receive_head()
    assert response.header("Content-Type") == "text/event-stream"
    connection.read_until(b": heartbeat\n\n")
    assert b"data:" not in response.body
    notes.add("news")
    connection.read_until(b"data: news\n\n")
    connection.abort()
    assert "nobody left" not in notes.wait_for("closed")
    assert [r for r in notes.records(mark) if r.level in ("ERROR", "WARNING")] == []
