"""A form that a Java filter consumed by getParameter is rebuilt for the application.

The Servlet specification (3.1.1) gives the body to whoever asks first.
"""

from urllib.parse import parse_qsl, urlencode

import pytest

from mounts import Mount

BEFORE = ["functional.ConsumingFilter"]
MOUNTS = [
    Mount("consumed_reads", "reads", before=BEFORE),
    Mount("consumed_environ", "environ", before=BEFORE),
]
ASKED = ("consumed_environ", "consumed_reads")
FORM = [("Content-Type", "application/x-www-form-urlencoded")]


def _rebuilt(mount, body, query="read,read"):
    response = mount("consumed_reads").post("/?" + query, body, FORM)
    assert response.status == 200
    octets, end = response.json()
    assert end == ""
    return octets.encode("latin-1").decode("utf-8")


@pytest.mark.parametrize(
    "pairs",
    [
        [("a", "1")],
        [("a", "1"), ("b", "2"), ("a", "3")],
        [("a", ""), ("b", "")],
        [("sp ace", "a+b &=;%"), ("slash", "/\\")],
        [("é", "日本"), ("emoji", "\U0001f600")],
        [("line", "one\r\ntwo")],
    ],
    ids=["one", "repeated", "empty", "punctuation", "unicode", "lines"],
)
def test_form_is_rebuilt(mount, pairs):
    text = _rebuilt(mount, urlencode(pairs).encode())
    # A parameter map keeps the order of values of a name, not of all the pairs.
    assert sorted(_grouped(text)) == sorted(_grouped(urlencode(pairs)))


def _grouped(text):
    grouped = {}
    # What was spelled longer is filled up with "&", which separates nothing.
    for name, value in parse_qsl(text, keep_blank_values=True):
        grouped.setdefault(name, []).append(value)
    return grouped.items()


def test_parameters_of_the_query_are_not_in_the_body(mount):
    assert _rebuilt(mount, b"x=1", "read,read&q=2") == "x=1"


def test_content_length_is_that_of_the_rebuilt_body(mount):
    body = b"a=%c3%a9&b=%20"
    text = _rebuilt(mount, body)
    response = mount("consumed_environ").post("/", body, FORM)
    assert response.json()["strings"]["CONTENT_LENGTH"] == str(len(text.encode()))


def test_rebuilding_is_logged_as_a_warning(mount):
    mounted = mount("consumed_reads")
    mark = mounted.server.log.mark()
    _rebuilt(mount, b"a=1")
    pattern = r"WARNING.*(\n.*)?body of POST [^?]+ \(getParameter"
    mounted.server.log.wait_for(pattern, mark)


def test_other_bodies_are_not_consumed(mount):
    headers = [("Content-Type", "text/plain")]
    response = mount("consumed_reads").post("/?read", b"a=1", headers)
    assert response.json() == ["a=1"]


def test_get_with_a_query_has_no_body(mount):
    response = mount("consumed_reads").get("/?read")
    assert response.json() == [""]
