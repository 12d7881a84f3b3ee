"""isthmus.session: the container's session, with one form of values on both engines."""

import pytest

import engines
from mounts import Mount
from visitor import Visitor

MOUNTS = [
    Mount("session", "sessions", before=["functional.SessionFilter"]),
    Mount("serial_session", "sessions", {"isthmus.multithread": "false"}),
]
# As java.lang, java.util and java.time call them; the same on both engines.
TYPES = """\
ascii String plain
clé String key
dict LinkedHashMap{a=LinkedHashMap{b=ArrayList[Boolean true]}, é=byte[]}
empty ArrayList[]
fraction Double 0.1
huge BigInteger 1606938044258990275541962092341162602522202993782792835301376
infinite Double Infinity
large Long 2147483648
larger Long -9223372036854775808
list ArrayList[Long 1, ArrayList[String é, null], LinkedHashMap{deep=ArrayList[Long 5]}]
moment LocalDateTime 2026-11-29T10:00:01.123456
no Boolean false
none Object[]
nothing LinkedHashMap{}
octets byte[]
small Long -7
text String café 日本 \U0001f40d
yes Boolean true
"""
EAST = "east OffsetDateTime 1999-12-31T23:59:59.000005+05:30\n"
# What functional.SessionFilter stores, and what messages call it.
UNREADABLE = {
    "bean": "java.lang.Class",
    "half": "surrogate",
    "half_key": "surrogate",
    "half_within": "surrogate",
}
# By name in apps/sessions.py.
TYPES_REFUSED = {
    "object": "Cart",
    "set": "set",
    "complex": "complex",
    "function": "builtin_function_or_method",
    "date": "date",
    "daytime": "time",
    "dates": "date",
    "decimal": "Decimal",
    "within": "Cart",
    "keys": "dict with the key",
    "itself": "list nested too deep",
    "surrogate": "str with half of a surrogate pair",
    "zone": "datetime",
    "fraction": "datetime whose zone has a fraction of a second",
}
# Python 2 has neither.
ON_CPYTHON = ["surrogate", "fraction"]


@pytest.fixture
def visitor(mount):
    return Visitor(mount("session"))


@pytest.mark.parametrize("way", ["unused", "look", "rotate", "invalidate", "clear"])
def test_nothing_is_created_before_a_write(visitor, way):
    visitor.get("/" + way)
    assert visitor.cookie is None


def test_absent_session_is_an_empty_mapping(visitor):
    assert visitor.json("/look") == [None, False, [], 0, "x", 1, True, 1800]


def test_each_value_comes_back_as_it_was(visitor):
    visitor.get("/write")
    assert visitor.json("/read") == []


def test_java_sees_one_form(visitor, server):
    visitor.get("/write")
    lines = visitor.get("/types").body.decode("utf-8").splitlines(keepends=True)
    # Jython's Python has no zones of its own.
    east = [line for line in lines if line.startswith("east ")]
    assert east == ([EAST] if server.parts.engine.name == "cpython" else [])
    assert "".join(line for line in lines if line not in east) == TYPES


def test_python_reads_what_java_has_written(visitor):
    visitor.get("/fill")
    values, is_in, keys, messages = visitor.json("/java")
    assert values == {
        "integer": 7,
        "character": "c",
        "strings": ["a", "b"],
        "date": "1970-01-01T00:00:01.500000+00:00",
        "map": {"key": [1.5]},
    }
    assert not is_in
    assert keys == sorted(values)
    for key, what in UNREADABLE.items():
        assert "IS0502" in messages[key]
        assert "'%s'" % key in messages[key]
        assert what in messages[key]


@pytest.mark.parametrize("what", engines.cases(TYPES_REFUSED, cpython=ON_CPYTHON))
def test_other_value_is_refused_when_it_is_written(visitor, what):
    left, message = visitor.json("/refuse?" + what)
    assert left == 0
    assert message.startswith("IS0500")
    assert "session['k\u00e9y']" in message
    assert "of type " + TYPES_REFUSED[what] in message
    assert visitor.cookie is None


def test_key_that_is_no_text_is_refused(visitor):
    assert visitor.json("/keys") == [False, None, None, "IS0501", "IS0501", "IS0501"]


def test_what_is_nearly_plain_is_converted(visitor):
    assert visitor.json("/convert") == [[1, ["a"]], "text", 2, True]


def test_only_assignment_writes(visitor):
    assert visitor.json("/mutate") == [[], [1]]
    assert visitor.json("/mutate") == [[1], [1, 1]]


def test_mapping_deletes_and_updates(visitor):
    assert visitor.json("/delete") == [["b", "c"], 4, 2]
    assert visitor.json("/clear") == []


def test_session_lasts(visitor):
    assert [visitor.json("/count") for _ in range(3)] == [1, 2, 3]
    identifier, is_new, max_age = visitor.json("/state")
    assert visitor.cookie.partition("=")[2].startswith(identifier)
    assert (is_new, max_age) == (False, 1800)


def test_request_that_has_waited_for_another_reads_what_that_has_written(mount):
    mounted = mount("serial_session")
    visitor = Visitor(mounted)
    visitor.get("/count")
    with mounted.connect() as first, mounted.connect() as second:
        for each in (first, second):
            cookie = [("Cookie", visitor.cookie)]
            each.request("GET", mounted.prefix + "/slowly", cookie)
        counts = [each.receive().json() for each in (first, second)]
    assert sorted(counts) == [2, 3]


def test_visitors_have_a_session_each(mount):
    one, other = Visitor(mount("session")), Visitor(mount("session"))
    assert [one.json("/count"), one.json("/count"), other.json("/count")] == [1, 2, 1]


def test_rotation_changes_the_identifier_alone(visitor):
    visitor.get("/count")
    old = visitor.cookie
    before, after = visitor.json("/rotate")
    assert before != after
    assert visitor.cookie != old
    assert visitor.json("/count") == 2
    visitor.cookie = old
    assert visitor.json("/count") == 1


def test_invalidated_session_is_gone(visitor):
    visitor.get("/count")
    assert visitor.json("/invalidate") == [None, None, True]
    assert visitor.json("/count") == 1
    assert visitor.json("/again") == 1


def test_age_is_of_this_session(visitor):
    assert visitor.json("/age?77")[0] == 77
    assert visitor.json("/state")[2] == 77
    assert visitor.json("/age?0")[0] is None


def test_age_is_a_whole_number_of_seconds(visitor):
    age, refused = visitor.json("/age?77")
    assert age == 77
    assert refused == [
        [0, "ValueError", "IS0519"],
        [-1, "ValueError", "IS0519"],
        [2**31, "ValueError", "IS0519"],
        [0.5, "TypeError", "IS0519"],
        [60.0, "TypeError", "IS0519"],
        [True, "TypeError", "IS0519"],
        ["60", "TypeError", "IS0519"],
        [[1], "TypeError", "IS0519"],
    ]


@pytest.mark.cpython
def test_value_that_is_too_large_is_refused_by_its_key(visitor):
    message = visitor.json("/size")
    assert message.startswith("IS0193: session['big'] has 167772")


@pytest.mark.jython
def test_large_value_is_stored(visitor):
    assert visitor.json("/size") is None


def test_misspelt_attribute_is_refused(visitor):
    assert "maxage" in visitor.json("/typo")


def test_new_session_is_refused_after_the_head(visitor):
    body = visitor.get("/late").body
    assert body == b"begun\nIS0503\nrotate worked\nstate worked\n"
    visitor.get("/count")
    body = visitor.get("/late").body
    assert body == b"begun\ncount worked\nIS0503\nstate worked\n"


def test_session_of_an_ended_request_is_refused(mount):
    mounted = mount("session")
    # On one connection, where the second request begins when the first one has ended.
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + "/keep")
        assert connection.receive().keeps_alive
        connection.request("GET", mounted.prefix + "/ended")
        assert connection.receive().json() == ["IS0504"] * 4


@pytest.mark.cpython
def test_other_thread_has_no_connection_of_its_own(visitor):
    assert visitor.json("/thread") == [["IS0507"], 1]


@pytest.mark.jython
def test_other_thread_shares_the_session(visitor):
    assert visitor.json("/thread") == [[], 2]


@pytest.mark.jython
def test_no_object_of_python_enters_by_a_detour(mount, server):
    ways = ["session", "property", "unwrapped", "wrapped"]
    if server.name == "tomcat11":  # Servlet 6.1
        ways.append("accessor")
    found = mount("raw_sessions").get("/ways?" + ",".join(ways)).json()
    assert found == [dict.fromkeys(ways, "IS0500"), []]


@pytest.mark.jython
def test_no_object_of_python_enters_within_one_of_java(mount):
    refused, stored = mount("raw_sessions").get("/holders").json()
    assert stored == ["empty", "endless"]
    names = ("optional", "atom", "atoms", "reference", "map", "entry", "sorted", "deep")
    assert refused == dict.fromkeys(names, "IS0500")


@pytest.mark.parametrize("case", ["list", "block", "longer"])
def test_response_of_a_write_has_its_length(mount, case):
    response = mount("session_ends").get("/" + case)
    assert (response.body, response.complete) == (b"abcd", True)
    assert response.header("Content-Length") == "4"


def test_response_of_a_write_that_is_sent_in_blocks_has_no_length(mount):
    # The container would end it before it has replicated the session.
    response = mount("session_ends").get("/blocks")
    assert (response.body, response.complete) == (b"abcd", True)
    assert response.header("Content-Length") is None


def test_response_of_a_write_that_is_too_short_is_cut_off(mount):
    mounted = mount("session_ends")
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + "/shorter")
        response = connection.receive()
    assert (response.body, response.complete) == (b"ab", False)


def test_response_of_a_write_may_have_no_body(mount):
    response = mount("session_ends").request("HEAD", "/list")
    assert (response.body, response.header("Content-Length")) == (b"", "4")


def test_response_of_a_write_may_be_a_file(mount):
    response = mount("session_ends").get("/file")
    assert (response.body, response.complete) == (b"abcd" * 50000, True)


def test_response_with_a_cookie_expires_as_the_application_says(mount):
    # Jetty sends an Expires of its own with a session's cookie.
    response = mount("session_ends").get("/expires")
    assert response.header("Set-Cookie").startswith("JSESSIONID=")
    assert response.all("Expires") == ["0"]
