"""close() of the iterable: exactly once, on every path (PEP 3333)."""

import pytest

import board
import client
import engines
import failing
from mounts import Mount

MOUNTS = [Mount("limited_lazily", "reads_lazily", {"isthmus.request.max_body": "10"})]

ORDINARY = [
    "whole",
    "one_block",
    "old_style",
    "list_subclass",
    "dynamic",
    "generator",
]
FAILED = [
    ("raises_on_iter", ""),
    ("raises_at_first", ""),
    ("raises_later", ""),
    ("generator_raises", ""),
    ("no_block", ""),
    ("too_long", "&length=7"),
    ("too_short", "&length=7"),
    ("generator_too_long", "&length=7"),
    ("whole", "&length=4"),
    ("whole", "&never=1"),
]
CLOSE_FAILS = {
    "close_raises": "ValueError: secret",
    "close_exits": "SystemExit: 3",
    "close_raises_java": "java.lang.IllegalStateException: secret",
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("case", ORDINARY)
def test_close_is_called_once(mount, case, method):
    outcome = failing.request(mount, "closes", case, method)
    assert outcome.notes == ["closed"]


@pytest.mark.parametrize("case, more", FAILED, ids=["%s%s" % f for f in FAILED])
def test_close_is_called_once_when_something_fails(mount, case, more):
    assert failing.request(mount, "closes", case + more).notes == ["closed"]


def test_close_is_called_once_when_the_body_is_too_large(mount):
    body = client.chunk(b"x" * 11) + client.chunk(b"")
    notes = board.Board(mount)
    target = notes.query()
    headers = [("Transfer-Encoding", "chunked")]
    response = mount("limited_lazily").post(target, body, headers)
    assert response.status == 413
    assert notes.notes() == ["closed"]


@pytest.mark.parametrize(
    "case", engines.cases(CLOSE_FAILS, jython=["close_raises_java"])
)
def test_close_that_raises_is_logged_and_harms_nothing(mount, case):
    failure = failing.request(mount, "closes", case + "&length=4")
    assert (failure.response.body, failure.response.complete) == (b"abcd", True)
    failing.assert_logged_once(
        failure, "IS0037", "Traceback", "in close", CLOSE_FAILS[case]
    )
    assert failure.others == []


def test_generator_that_ignores_its_exit_is_logged_and_harms_nothing(mount):
    failure = failing.request(mount, "closes", "generator_ignores_exit", method="HEAD")
    assert (failure.response.status, failure.response.complete) == (200, True)
    failing.assert_logged_once(failure, "IS0037", "generator ignored GeneratorExit")


def test_exception_and_a_close_that_raises_are_both_logged(mount):
    failure = failing.request(mount, "closes", "raises_and_close_raises")
    assert failure.response.status == 500
    first, second = failure.records
    assert "IS0036" in first.text and "ValueError: secret" in first.text
    assert "IS0037" in second.text and "KeyError: 'another secret'" in second.text
