"""Content-Length: declared, inferred, missed and exceeded (PEP 3333)."""

import pytest

import board
import failing

WHOLE = b"0123456789"
MAKERS = ["list", "one_block", "generator"]
WRITERS = ["write", "write_at_once", "write_and_list", "write_and_generator"]


@pytest.mark.parametrize("case", MAKERS + WRITERS)
def test_declared_length_that_is_met_is_sent(mount, case):
    response = mount("lengths").get(board.Board(mount).query(case) + "&declared=10")
    assert (response.body, response.complete) == (WHOLE, True)
    assert response.all("Content-Length") == ["10"]
    assert response.all("Transfer-Encoding") == []


@pytest.mark.parametrize("case", MAKERS + WRITERS)
def test_body_short_of_its_length_cuts_the_connection(mount, case):
    failure = failing.request(mount, "lengths", case + "&declared=15")
    assert (failure.response.status, failure.response.body) == (200, WHOLE)
    assert failure.response.all("Content-Length") == ["15"]
    numbers = ("Content-Length 15", "only 10 bytes")
    failing.assert_aborted(failure, "IS0034", *numbers, level="WARNING")


@pytest.mark.parametrize("case", ["nothing", "nothing_generated"])
def test_body_that_never_came_cuts_the_connection(mount, case):
    failure = failing.request(mount, "lengths", case + "&declared=15")
    assert (failure.response.status, failure.response.body) == (200, b"")
    numbers = ("Content-Length 15", "only 0 bytes")
    failing.assert_aborted(failure, "IS0034", *numbers, level="WARNING")


@pytest.mark.parametrize("declared", [0, 1, 5, 7])
@pytest.mark.parametrize("case", MAKERS + WRITERS)
def test_body_beyond_its_length_is_cut(mount, case, declared):
    query = "%s&declared=%d" % (case, declared)
    failure = failing.request(mount, "lengths", query)
    response = failure.response
    assert (response.status, response.complete) == (200, True)
    assert response.body == WHOLE[:declared]
    number = "Content-Length %d," % declared
    failing.assert_logged_once(failure, "IS0035", number, level="WARNING")
    assert failure.others == []


@pytest.mark.parametrize("case", ["list", "generator", "write"])
def test_connection_is_good_after_a_body_that_was_cut(mount, case):
    mounted = mount("lengths")
    target = mounted.prefix + board.Board(mount).query(case) + "&declared=5"
    with mounted.connect() as connection:
        for _ in range(2):
            connection.request("GET", target)
            assert connection.receive().body == b"01234"


def test_result_that_lies_about_its_one_block_is_cut(mount):
    failure = failing.request(mount, "lengths", "lying")
    response = failure.response
    assert (response.header("Content-Length"), response.body) == ("5", b"01234")
    failing.assert_logged_once(failure, "IS0133", level="WARNING")


def test_body_of_several_blocks_without_a_length_is_chunked(mount):
    mounted = mount("lengths")
    with mounted.connect() as connection:
        target = mounted.prefix + board.Board(mount).query("generator")
        connection.request("GET", target)
        response = connection.receive()
    assert response.header("Transfer-Encoding") == "chunked"
    assert (response.chunk_sizes, response.complete) == ([5, 3, 2], True)
