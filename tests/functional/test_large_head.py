"""A head that the container refuses: said so, with its request, and answered with 500."""

import pytest

import failing


@pytest.mark.parametrize("case", ["a_list", "empty", "generated"])
def test_head_that_the_container_refuses_is_named_as_such(mount, case):
    failure = failing.request(mount, "large_head", case)
    failing.assert_clean_500(failure, "IS0131", "fields")
    (record,) = failure.records
    assert "IS0036" not in record.text
