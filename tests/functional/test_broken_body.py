"""A request body that is none, or ends early: 400 where the application has failed."""

import pytest

import board

CHUNKED = [("Transfer-Encoding", "chunked")]
# (fields, what is sent): then the client has no more to say, and waits for an answer.
BROKEN = {
    "no_size": (CHUNKED, b"zz\r\nhello\r\n0\r\n\r\n"),
    "no_end_of_chunk": (CHUNKED, b"5\r\nhelloXX5\r\nworld\r\n0\r\n\r\n"),
    "stops_in_chunk": (CHUNKED, b"5\r\nhe"),
    "stops_after_chunk": (CHUNKED, b"5\r\nhello\r\n"),
    "counted": ([("Content-Length", "10")], b"abc"),
}
MALFORMED = ["no_size", "no_end_of_chunk"]
EARLY = ["stops_in_chunk", "stops_after_chunk", "counted"]


def _send(mount, broken, case, logged=None):
    """(the response or None, its records, the notes).

    `logged` is the code of a record to wait for: Tomcat may answer before it is there.
    """
    mounted = mount("loses_body")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    fields, body = BROKEN[broken]
    response = None
    with mounted.connect() as connection:
        connection.request("POST", mounted.prefix + notes.query(case), fields)
        connection.send(body)
        if broken in EARLY:
            connection.end_sending()
        try:
            response = connection.receive()
        except ConnectionError:
            pass
    if logged:
        mounted.server.log.wait_for("%s.*%s" % (logged, notes.key), mark)
    records = [r for r in notes.records(mark) if r.level in ("ERROR", "WARNING")]
    return response, records, notes


@pytest.mark.parametrize("case", ["let_through", "raised_anew"])
@pytest.mark.parametrize("broken", BROKEN)
def test_upload_that_was_not_taken_is_no_success(mount, broken, case):
    response, _, _ = _send(mount, broken, case)
    assert response is None or response.status == 400


@pytest.mark.parametrize("case", ["let_through", "raised_anew", "answered", "begun"])
@pytest.mark.parametrize("broken", BROKEN)
def test_client_sees_no_stack_trace(mount, broken, case):
    """Tomcat keeps the exception of its stream for its error page."""
    response, _, _ = _send(mount, broken, case)
    assert response is None or b"Exception" not in response.body


@pytest.mark.jython
@pytest.mark.parametrize("broken", BROKEN)
def test_client_sees_no_stack_trace_of_the_stream_of_java(mount, broken):
    response, _, _ = _send(mount, broken, "by_request")
    assert response is None or b"Exception" not in response.body


@pytest.mark.parametrize("case", ["let_through", "raised_anew"])
@pytest.mark.parametrize("broken", MALFORMED)
def test_malformed_body_is_logged_with_its_request(mount, broken, case):
    if mount("loses_body").server.name.startswith("jetty"):
        # Shows it as a body that ends there.
        assert _send(mount, broken, case)[1] == []
        return
    _, records, notes = _send(mount, broken, case, "IS0130")
    (record,) = [record for record in records if notes.key in record.text]
    assert record.level == "WARNING"
    assert "IS0130" in record.text
    assert "closed the connection" not in record.text


@pytest.mark.parametrize("case", ["let_through", "raised_anew"])
@pytest.mark.parametrize("broken", EARLY)
def test_client_that_ends_early_is_no_error_of_the_log(mount, broken, case):
    _, records, _ = _send(mount, broken, case)
    assert records == []


@pytest.mark.parametrize("broken", BROKEN)
def test_application_may_answer_for_itself(mount, broken):
    response, records, notes = _send(mount, broken, "answered")
    (note,) = notes.wait_for_any()
    assert note.startswith("IOError")
    assert "closed the connection" not in note
    jetty = mount("loses_body").server.name.startswith("jetty")
    assert ("IS0130" in note) == (broken in MALFORMED and not jetty)
    assert [r for r in records if r.level == "ERROR"] == []
    # Tomcat answers a body that is malformed with 400, whatever the application says.
    if response is not None and response.status != 400:
        assert response.body == b"answered"


@pytest.mark.parametrize("broken", BROKEN)
def test_what_the_application_raises_of_its_own_is_logged(mount, broken):
    response, records, notes = _send(mount, broken, "another_raised", "IS0036")
    (record,) = [record for record in records if notes.key in record.text]
    assert record.level == "ERROR"
    assert "IS0036" in record.text
    assert "ValueError: not what the client did" in record.text
    assert response is None or response.status == 400


@pytest.mark.parametrize("broken", BROKEN)
def test_response_that_has_begun_is_cut(mount, broken):
    response, _, _ = _send(mount, broken, "begun")
    assert response is None or not response.complete
