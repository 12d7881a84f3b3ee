"""The environ itself: a real dict, native strings, and the wsgi.* values."""

import pytest

ASKED = ("environ",)


@pytest.fixture
def seen(mount):
    headers = [("X-Test", "1"), ("Content-Type", "text/plain")]
    response = mount("environ").post("/a?b=c", b"body", headers)
    assert response.status == 200
    return response.json()


def test_environ_is_exactly_a_dict(seen):
    assert (seen["type"], seen["exactly_dict"]) == ("dict", True)


def test_every_key_is_a_native_string(seen):
    assert [key for key in seen["others"] if key.endswith(": a key")] == []


def test_every_cgi_and_http_value_is_a_native_string(seen):
    assert [key for key in seen["others"] if key == key.upper()] == []


@pytest.mark.parametrize(
    "key",
    [
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "CONTENT_TYPE",
        "CONTENT_LENGTH",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "REMOTE_ADDR",
        "REQUEST_URI",
        "RAW_URI",
        "HTTP_X_TEST",
        "wsgi.url_scheme",
    ],
)
def test_value_is_present_as_a_native_string(seen, key):
    assert key in seen["strings"]


def test_wsgi_version_is_the_tuple_1_0(seen):
    assert seen["others"]["wsgi.version"] == ["tuple", "(1, 0)"]


@pytest.mark.parametrize(
    "key, value",
    [
        ("wsgi.multithread", "True"),
        ("wsgi.multiprocess", "False"),
        ("wsgi.run_once", "False"),
        ("wsgi.input_terminated", "True"),
    ],
)
def test_wsgi_flag_is_a_bool(seen, key, value):
    assert seen["others"][key] == ["bool", value]


@pytest.mark.parametrize("key", ["wsgi.input", "wsgi.errors"])
def test_wsgi_stream_is_present(seen, key):
    assert key in seen["others"]


def test_wsgi_file_wrapper_is_callable(seen):
    assert seen["file_wrapper_is_callable"]


@pytest.mark.jython
@pytest.mark.parametrize("name", ["request", "response", "context"])
def test_servlet_objects_are_present(seen, name):
    assert "isthmus." + name in seen["others"]


def test_repr_of_every_value_is_a_native_string(seen):
    # Java objects too: Jython's own answers with unicode.
    assert seen["foreign"] == []


def test_remote_host_is_the_address(seen):
    # No name service is asked: a look-up per request costs more than it tells.
    assert seen["strings"].get("REMOTE_HOST", "127.0.0.1") == "127.0.0.1"


def test_no_key_of_cgi_is_an_alias_of_a_header(seen):
    doubled = {"HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"}
    assert doubled & set(seen["strings"]) == set()
