"""Status and headers: what is well-formed is sent, all else is a coded 500."""

import pytest

import board
import engines
import failing

# What is no native string of the engine's Python, and what none can be of any server's.
OF_JYTHON = ["status_unicode", "header_value_unicode", "header_name_unicode"]
OF_CPYTHON = ["status_bytes", "header_value_bytes", "header_name_bytes"]
BEYOND_LATIN1 = ["status_beyond", "header_name_beyond", "header_value_beyond"]
STATUS_TYPES = ["status_number", "status_unicode", "status_bytes", "status_none"]
STATUSES = [
    "status_without_a_reason",
    "status_of_two_digits",
    "status_below_100",
    "status_interim",
    "status_switching",
    "status_with_a_letter",
    "status_without_digits",
    "status_empty",
    "status_of_four_digits",
    "status_after_a_space",
    "status_with_a_tab",
    "status_with_cr_lf",
    "status_with_lf",
    "status_with_nul",
    "status_with_delete",
]
HEADERS_TYPES = ["headers_tuple", "headers_dict", "headers_none", "headers_iterator"]
HEADER_TYPES = [
    "header_list",
    "header_string",
    "header_of_one",
    "header_of_three",
    "header_value_number",
    "header_value_none",
    "header_value_unicode",
    "header_name_unicode",
    "header_value_bytes",
    "header_name_bytes",
    "length_number",
]
NAMES = [
    "name_empty",
    "name_with_a_space",
    "name_with_a_colon",
    "name_with_cr_lf",
    "name_with_nul",
    "name_with_an_octet",
]
VALUES = [
    "value_with_cr_lf",
    "value_with_lf",
    "value_with_cr",
    "value_with_folding",
    "value_with_nul",
    "value_with_escape",
    "value_with_delete",
    "type_with_cr_lf",
]
HOP_BY_HOP = [
    "Connection",
    "Keep-Alive",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "TE",
    "Trailers",
    "Transfer-Encoding",
    "Upgrade",
    "tRaNsFeR-eNcOdInG",
]
LENGTHS = [
    "length_negative",
    "length_with_plus",
    "length_after_a_space",
    "length_before_a_space",
    "length_text",
    "length_empty",
    "length_list",
    "length_hexadecimal",
    "length_fraction",
    "length_beyond_64_bits",
    "length_twice",
    "length_twice_the_same",
]
SENT = {
    "reason_empty": (200, []),
    "reason_of_octets": (200, []),
    "status_unknown": (299, []),
    "status_599": (599, []),
    "status_of_a_str_subclass": (200, []),
    "header_of_str_subclasses": (200, []),
    "name_of_odd_tokens": (200, [("!#$%&'*+-.^_`|~9z", "odd")]),
    "value_with_a_tab": (200, [("X-Tab", "a\tb")]),
    "value_empty": (200, [("X-Empty", "")]),
}


def _cases(names):
    return engines.cases(names, jython=OF_JYTHON, cpython=OF_CPYTHON)


def _assert_refused(mount, case, code):
    failure = failing.request(mount, "heads", case)
    failing.assert_clean_500(failure, code, "Traceback", "heads.py")
    # What was in the value stays within its line of the log.
    assert "\nX-App: split" not in failure.records[0].text


@pytest.mark.parametrize("case", _cases(STATUS_TYPES))
def test_status_of_another_type_is_refused(mount, case):
    _assert_refused(mount, case, "IS0010")


@pytest.mark.parametrize("case", STATUSES)
def test_malformed_status_is_refused(mount, case):
    _assert_refused(mount, case, "IS0011")


@pytest.mark.parametrize("case", HEADERS_TYPES)
def test_headers_other_than_a_list_are_refused(mount, case):
    _assert_refused(mount, case, "IS0013")


@pytest.mark.parametrize("case", _cases(HEADER_TYPES))
def test_header_other_than_two_native_strings_is_refused(mount, case):
    _assert_refused(mount, case, "IS0014")


@pytest.mark.cpython
@pytest.mark.parametrize("case", BEYOND_LATIN1)
def test_text_beyond_latin1_is_refused(mount, case):
    _assert_refused(mount, case, "IS0187")


@pytest.mark.parametrize("case", NAMES)
def test_header_name_other_than_a_token_is_refused(mount, case):
    _assert_refused(mount, case, "IS0015")


@pytest.mark.parametrize("case", VALUES)
def test_header_value_with_a_control_character_is_refused(mount, case):
    _assert_refused(mount, case, "IS0016")


@pytest.mark.parametrize("name", HOP_BY_HOP)
def test_hop_by_hop_header_is_refused(mount, name):
    _assert_refused(mount, "hop_by_hop%20" + name, "IS0017")


@pytest.mark.parametrize("case", LENGTHS)
def test_content_length_other_than_one_decimal_is_refused(mount, case):
    _assert_refused(mount, case, "IS0018")


@pytest.mark.parametrize("case", SENT)
def test_well_formed_head_is_sent(mount, case):
    status, headers = SENT[case]
    response = mount("heads").get(board.Board(mount).query(case))
    assert (response.status, response.header("X-App")) == (status, "good")
    assert [pair for pair in headers if pair not in response.headers] == []
