"""A head that the container refuses: named as that, and answered with 500."""

import pytest

import failing


@pytest.mark.parametrize("case", ["a_list", "empty", "generated"])
def test_head_that_the_container_refuses_is_named_as_such(mount, case):
    failure = failing.request(mount, "large_head", case)
    assert (failure.response.status, failure.response.complete) == (500, True)
    assert not any(name.startswith("X-App") for name, _ in failure.response.headers)
    # Jetty has a word of its own to say about it, which may name the request too.
    (record,) = [r for r in failure.records if "IS0" in r.text]
    assert record.level == "ERROR"
    assert "IS0131" in record.text
    assert "fields" in record.text
