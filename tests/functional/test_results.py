"""What an application returns: an iterable of bytestrings (PEP 3333)."""

import pytest

import board
import failing

ITERABLES = [
    "list",
    "tuple",
    "set",
    "dictionary",
    "iterator",
    "generator",
    "map",
    "chain",
    "slice",
    "tee",
    "old_style",
    "old_style_iterator",
    "new_style",
    "sequence",
    "new_style_sequence",
    "list_subclass",
    "str_subclass",
    "one_block",
    "one_block_tuple",
    "one_block_of_len_1",
]
BLOCKS = [
    "unicode_block",
    "unicode_block_beyond_ascii",
    "unicode_block_generated",
    "unicode_block_empty",
    "int_block",
    "int_block_second",
    "int_block_generated",
    "none_block",
    "list_block",
    "bytearray_result",
]
OWN_MISTAKES = {
    "raises_on_iter": ("TypeError: unsupported operand", "in __iter__"),
    "raises_on_getitem": ("AttributeError: ", "no_such_attribute", "in __getitem__"),
    "raises_on_len": ("KeyError: 'no such key'", "in __len__"),
}


@pytest.mark.parametrize("case", ITERABLES)
def test_iterable_of_blocks_is_sent(mount, case):
    response = mount("results").get(board.Board(mount).query(case))
    assert (response.status, response.body, response.complete) == (200, b"abcd", True)


@pytest.mark.parametrize(
    "case", ["list", "tuple", "one_block", "one_block_tuple", "one_block_of_len_1"]
)
def test_length_known_beforehand_is_sent(mount, case):
    response = mount("results").get(board.Board(mount).query(case))
    assert response.all("Content-Length") == ["4"]


@pytest.mark.parametrize("case", BLOCKS)
def test_block_other_than_a_bytestring_is_refused(mount, case):
    failing.assert_clean_500(failing.request(mount, "results", case), "IS0033")


def test_unicode_is_refused_as_a_whole(mount):
    failure = failing.request(mount, "results", "unicode_result")
    failing.assert_clean_500(failure, "IS0082", "unicode 'secret'")


def test_none_is_refused(mount):
    failing.assert_clean_500(failing.request(mount, "results", "none"), "IS0031")


@pytest.mark.parametrize("case", ["int", "object", "function", "not_an_iterator"])
def test_result_that_is_not_iterable_is_refused(mount, case):
    failing.assert_clean_500(failing.request(mount, "results", case), "IS0032")


@pytest.mark.parametrize("case", OWN_MISTAKES)
def test_mistake_inside_an_iterable_stays_its_own(mount, case):
    failure = failing.request(mount, "results", case)
    failing.assert_clean_500(failure, "IS0036", "results.py", *OWN_MISTAKES[case])


def test_str_is_sent_as_one_block_with_a_warning(mount):
    outcome = failing.request(mount, "results", "str")
    response = outcome.response
    assert (response.body, response.header("Content-Length")) == (b"abcd", "4")
    failing.assert_logged_once(outcome, "IS0038", level="WARNING")


def test_class_is_an_application(mount):
    assert mount("class_application").get("/?x").body == b"an instance for x"


def test_instance_is_an_application(mount):
    assert mount("instance_application").get().body == b"called"
