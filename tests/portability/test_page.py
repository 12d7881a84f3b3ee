"""docs/portability.md and the differences: neither says what the other does not."""

import fnmatch

import pytest

import explaining
import page
from exchanges import REQUESTS


def test_tables_are_those_of_the_differences():
    assert page.PAGE.read_text("utf-8") == page.text()


def test_each_reason_is_reported():
    whole = page.PAGE.read_text("utf-8")
    assert [e["why"] for e in explaining.entries() if e["why"] not in whole] == []


def test_each_exchange_has_an_expected_answer():
    assert sorted(explaining.expected()) == sorted(REQUESTS)


def test_each_gateway_is_reported():
    assert sorted(page.gateways.DOCUMENTED) == sorted(
        [*page.gateways.STARTED, page.MODJY]
    )


@pytest.mark.parametrize("explained", explaining.entries(), ids=lambda e: e["item"])
def test_difference_is_of_requests_and_gateways_that_are_there(explained):
    assert _unmatched(explained["requests"], REQUESTS) == []
    assert _unmatched(explained["found"], page.names()) == []
    assert explained["whose"] in ("ours", "the container's", "theirs")


def _unmatched(patterns, names):
    return [p for p in patterns if not fnmatch.filter(names, p)]
