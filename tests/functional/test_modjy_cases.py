"""The cases of modjy's own tests that no other test here has.

docs/migrating-from-modjy.md has the table of all of them.
"""

import hashlib

import pytest

from mounts import Mount

MOUNTS = [Mount("modjy_secure", "modjy_cases", before=["functional.SecureFilter"])]
VERSE = b"Rain on the roof:\r\na page turns, then another.\r\nThe kettle sings.\r\n"
METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]


def _get(mount, case, name="modjy_cases"):
    response = mount(name).get("/" + case)
    assert (response.status, response.complete) == (200, True)
    return response


@pytest.mark.parametrize("method", METHODS)
def test_request_method_reaches_the_application(mount, method):
    response = mount("modjy_cases").request(method, "/list")
    assert response.header("X-Method") == method


def test_trace_is_refused_by_the_container(mount):
    mounted = mount("modjy_cases")
    # allowTrace of Tomcat's connector; a security-constraint of Jetty's defaults.
    expected = 405 if mounted.server.name.startswith("tomcat") else 403
    response = mounted.request("TRACE", "/list")
    assert (response.status, response.header("X-Method")) == (expected, None)


@pytest.mark.parametrize(
    "query", ["", "?", "?name", "?name=value", "?n1=v1&n2=v2", "?var=hello+world!"]
)
def test_query_string_is_what_follows_the_question_mark(mount, query):
    assert _get(mount, "query" + query).body.decode() == query[1:]


def test_environ_may_be_changed(mount):
    assert _get(mount, "mutated").body == b"kept False"


def test_scheme_is_what_the_container_says(mount):
    assert _get(mount, "scheme").body == b"http"
    assert _get(mount, "scheme", "modjy_secure").body == b"httpson"


def test_octets_of_a_header_value_are_sent(mount):
    # The client reads header fields as latin-1.
    assert _get(mount, "list").header("X-Accents") == "áéíóú"


@pytest.mark.parametrize("case", ["list", "generator", "file_like", "instance"])
def test_line_ends_are_sent_as_they_are(mount, case):
    assert _get(mount, case).body == VERSE


def test_length_of_one_block_is_sent(mount):
    assert _get(mount, "list").header("Content-Length") == str(len(VERSE))
    assert _get(mount, "instance").header("Content-Length") == str(len(VERSE))


def test_len_other_than_one_promises_nothing(mount):
    response = _get(mount, "instance_of_len_2")
    assert response.body == VERSE
    assert response.header("Content-Length") is None


@pytest.mark.parametrize(
    ("case", "code"), [("float", "IS0032"), ("float_block", "IS0033")]
)
def test_number_is_no_result(mount, case, code):
    server = mount("modjy_cases").server
    mark = server.log.mark()
    assert mount("modjy_cases").get("/" + case).status == 500
    server.log.wait_for(code, mark)


def test_errors_can_be_written_and_flushed(mount):
    mounted = mount("modjy_cases")
    mark = mounted.server.log.mark()
    assert _get(mount, "streams").body == b"written"
    mounted.server.log.wait_for("modjy_cases writes$", mark)
    mounted.server.log.wait_for("modjy_cases writes lines$", mark)


# Of a body of 12: nothing, one, less than all, all, more; the others prove no more.
FEW = (0, 1, 5, 12, 13)
SIZES = [
    n if n in FEW else pytest.param(n, marks=pytest.mark.matrix) for n in range(14)
]


@pytest.mark.parametrize("size", SIZES)
def test_body_is_read_in_pieces_of_any_size(mount, size):
    assert _read(mount, b"Hello World!", size) == min(size or 12, 12)


@pytest.mark.parametrize("size", [2**power for power in range(6, 17, 2)])
def test_large_body_is_read_in_pieces_of_any_size(mount, size):
    assert _read(mount, b"X" * 65536, size) <= size


def _read(mount, body, size):
    """Read in pieces; the longest of them."""
    response = mount("modjy_cases").post("/read?size=%d" % size, body)
    digest, longest = response.body.decode().split()
    assert digest == hashlib.md5(body).hexdigest()
    return int(longest)


@pytest.mark.parametrize("size", [0, 1024])
def test_empty_body_is_read_as_empty(mount, size):
    assert _read(mount, b"", size) == 0
