"""start_response: once, or again with exc_info (PEP 3333)."""

import pytest

import board
import failing

SECOND = [
    "by_position",
    "by_keyword",
    "after_an_empty_block",
    "exc_info_at_first",
    "exc_info_none",
    "all_by_keyword",
    "inside_the_first_next",
    "after_empty_blocks",
    "twice_but_caught",
    "malformed_but_caught",
]


@pytest.mark.parametrize("case", SECOND)
def test_last_head_before_the_first_block_is_sent(mount, case):
    response = mount("starts").get(board.Board(mount).query(case))
    assert (response.status, response.body) == (503, b"error page")
    assert response.all("X-App") == ["second"]


@pytest.mark.parametrize("case", ["empty_list", "empty_generator"])
def test_response_without_a_block_has_its_head(mount, case):
    response = mount("starts").get(board.Board(mount).query(case))
    assert (response.status, response.body, response.complete) == (503, b"", True)
    assert (response.all("X-App"), response.header("Content-Length")) == (
        ["second"],
        "0",
    )


def test_call_after_the_head_is_out_raises_what_exc_info_has(mount):
    # The generator catches it, and ends its response as if nothing had happened.
    notes = board.Board(mount)
    response = mount("starts_late").get(notes.query("caught"))
    assert (response.status, response.body) == (200, b"begun, ended")
    engine = mount("starts_late").server.engine
    assert notes.notes() == [engine.says("raised again: Broken('secret',) True")]


def test_call_after_the_head_is_out_cuts_the_connection(mount):
    failure = failing.request(mount, "starts_late", "uncaught")
    assert (failure.response.status, failure.response.body) == (200, b"begun, ")
    # The traceback is that of the original exception.
    failing.assert_aborted(failure, "IS0036", "Broken: secret", "in uncaught")


BROKEN = {
    "twice": "IS0012",
    "never_with_an_empty_list": "IS0030",
    "never_with_blocks": "IS0030",
    "never_with_an_empty_generator": "IS0030",
    "never_with_a_generator": "IS0030",
    "no_arguments": "IS0020",
    "one_argument": "IS0020",
    "four_arguments": "IS0020",
    "unknown_keyword": "IS0020",
    "argument_given_twice": "IS0020",
    "exc_info_not_a_tuple": "IS0019",
    "exc_info_of_two": "IS0019",
}


@pytest.mark.parametrize("case", BROKEN)
def test_wrong_use_is_a_500_with_its_code(mount, case):
    failing.assert_clean_500(failing.request(mount, "starts", case), BROKEN[case])


@pytest.mark.parametrize("case", ["twice", "one_argument", "exc_info_of_two"])
def test_wrong_call_is_logged_with_the_line_that_made_it(mount, case):
    failure = failing.request(mount, "starts", case)
    failing.assert_clean_500(failure, "Traceback", "starts.py", "in " + case)
