"""wsgiref.validate between Isthmus and apps: it finds nothing to complain of."""

import pytest

import engines
import failing

WHOLE = b"first second"
ANSWERS = {
    "blocks_in_a_list": (200, WHOLE),
    "no_block": (200, b""),
    "generator": (200, WHOLE),
    "declared_length": (200, WHOLE),
    "written": (200, WHOLE),
    "wrapped_file": (200, WHOLE),
    "wrapped_file_iterated": (200, WHOLE),
    "replaced": (202, WHOLE),
    "not_modified": (304, b""),
    "no_content": (204, b""),
}
READERS = [
    "body_at_once",
    "body_to_its_end",
    "body_by_size",
    "body_by_readline",
    "body_by_readlines",
    "body_by_iteration",
]
BODIES = {
    "none": None,
    "empty": b"",
    "lines": b"one\ntwo\r\n\nlast",
    "octets": bytes(range(256)),
}


def _valid(mount, case, method="GET", **more):
    """The response, once nothing in the log complains and the result was closed."""
    failure = failing.request(mount, "validated", case, method, **more)
    logged = [record.text for record in failure.records + failure.others]
    assert [text for text in logged if "Error" in text or "collected" in text] == []
    assert failure.response.complete
    if case != "wrapped_file":
        assert failure.notes == ["closed"]
    return failure.response


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("case", ANSWERS)
def test_validator_accepts_the_exchange(mount, case, method):
    response = _valid(mount, case, method)
    assert (response.status, response.body) == ANSWERS[case]


@pytest.mark.parametrize("case", ANSWERS)
def test_validator_accepts_an_answer_to_head(mount, case):
    response = _valid(mount, case, "HEAD")
    assert (response.status, response.body) == (ANSWERS[case][0], b"")


@pytest.mark.parametrize("body", BODIES)
# The validator of Python 3 lets nobody read without a size.
@pytest.mark.parametrize("reader", engines.cases(READERS, jython=["body_at_once"]))
def test_validator_accepts_the_input(mount, reader, body):
    response = _valid(mount, reader, "POST", body=BODIES[body])
    assert (response.status, response.body) == (200, BODIES[body] or b"")


def test_validator_accepts_the_error_stream(mount):
    assert _valid(mount, "errors").body == WHOLE
