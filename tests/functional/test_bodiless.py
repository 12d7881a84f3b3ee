"""HEAD, 204 and 304: a head without a body (RFC 9110, 6.4.1 and 9.3.2)."""

import pytest

import board

KINDS = [("HEAD", 200), ("HEAD", 404), ("GET", 204), ("GET", 304), ("HEAD", 304)]
CASES = ["none", "some", "endless", "written", "list"]


def _ask(mount, method, status, case, length=""):
    """The response, with proof that the next one on the connection begins after it."""
    mounted = mount("bodiless")
    notes = board.Board(mount)
    query = "%s&status=%s&length=%s" % (notes.query(case), status, length)
    with mounted.connect() as connection:
        connection.request(method, mounted.prefix + query)
        response = connection.receive(method)
        connection.request("GET", mounted.prefix + "/?case=none&key=x&status=299")
        assert connection.receive().status == 299
    return response, notes.notes()


@pytest.mark.parametrize("method, status", KINDS)
@pytest.mark.parametrize("case", CASES)
def test_head_is_sent_without_a_body(mount, method, status, case):
    response, _ = _ask(mount, method, status, case)
    assert (response.status, response.header("X-App")) == (status, "sent")


@pytest.mark.parametrize("method, status", KINDS)
@pytest.mark.parametrize("case, asked", [("some", "empty first"), ("endless", "again")])
def test_nothing_beyond_the_first_block_is_asked_for(
    mount, method, status, case, asked
):
    _, notes = _ask(mount, method, status, case)
    assert notes == [*asked.split(), "closed"]


@pytest.mark.parametrize("method, status", KINDS)
def test_result_without_blocks_is_closed(mount, method, status):
    _, notes = _ask(mount, method, status, "none")
    assert notes == ["closed"]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("status", [200, 404])
def test_head_keeps_the_declared_length(mount, case, status):
    response, _ = _ask(mount, "HEAD", status, case, "1234")
    assert response.all("Content-Length") == ["1234"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("case", CASES)
def test_304_keeps_the_declared_length_as_far_as_the_container(mount, method, case):
    response, _ = _ask(mount, method, 304, case, "1234")
    # Tomcat takes it away: docs/containers.md.
    kept = [] if mount("bodiless").server.name.startswith("tomcat") else ["1234"]
    assert response.all("Content-Length") == kept


@pytest.mark.parametrize("length", ["0", "1234"])
@pytest.mark.parametrize("case", CASES)
def test_204_has_no_length_even_if_one_is_declared(mount, case, length):
    # RFC 9110, 8.6; Jetty would answer 500.
    response, _ = _ask(mount, "GET", 204, case, length)
    assert (response.status, response.all("Content-Length")) == (204, [])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("status", [204, 304])
def test_length_of_a_bodiless_response_is_not_inferred(mount, method, case, status):
    # RFC 9110, 8.6: 204 must not have one, and that of 304 is not this body's.
    response, _ = _ask(mount, method, status, case)
    assert response.all("Content-Length") == []


@pytest.mark.parametrize("case", ["none", "some", "endless", "written"])
def test_head_declares_no_length_that_nobody_knows(mount, case):
    response, _ = _ask(mount, "HEAD", 200, case)
    assert response.all("Content-Length") == []


def test_head_infers_the_length_that_get_would_have(mount):
    response, _ = _ask(mount, "HEAD", 200, "list")
    assert response.all("Content-Length") == ["11"]
