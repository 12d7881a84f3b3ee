"""Each program of the example by itself, bare of its frame."""

import pytest

import authorize
import class_app
import download
import environ_table
import function_app
import hello
import login
import logout
import members
import mounted
import rest
import stream


def test_hello_is_thirteen_bytes(ask):
    answer = ask(hello.application)
    assert (answer.status, answer.body) == ("200 OK", b"Hello, world!")


def test_function_greets_the_world_without_a_name(ask):
    assert "Hello, <strong>world</strong>!" in ask(function_app.application).text


def test_function_escapes_the_name(ask):
    query = "name=%3Cb%20a=%22%3EJ%C3%BCrgen%27"
    text = ask(function_app.application, QUERY_STRING=query).text
    assert "<strong>&lt;b a=&quot;&gt;Jürgen&#x27;</strong>" in text
    assert 'value="&lt;b a=&quot;&gt;Jürgen&#x27;"' in text


def test_class_yields_as_many_blocks_as_it_says(ask):
    assert len(ask(class_app.Application).blocks) == 5


def test_mounted_program_tells_both_halves_of_the_path(ask):
    # Octets as characters: the UTF-8 of "é".
    text = ask(mounted.application, "/caf\u00c3\u00a9<").text
    assert '<dd id="script-name">/shop/here</dd>' in text
    assert '<dd id="path-info">/café&lt;</dd>' in text


def test_mounted_program_counts_by_mount(ask):
    for script in ("/one", "/two", "/one"):
        text = ask(mounted.application, SCRIPT_NAME=script).text
    assert "<code>/one</code></th><td>2</td>" in text
    assert "<code>/two</code></th><td>1</td>" in text


@pytest.mark.parametrize("user", [None, "mallory", "Alice", "alice "])
def test_authorize_refuses_who_is_not_on_the_list(ask, user):
    guarded = authorize.Authorize(members.application, ["alice"])
    known = {} if user is None else {"REMOTE_USER": user}
    answer = ask(guarded, **known)
    assert answer.status == "403 Forbidden"
    assert "Welcome" not in answer.text


def test_authorize_lets_through_who_is(ask):
    guarded = authorize.Authorize(members.application, ["alice"])
    answer = ask(guarded, REMOTE_USER="alice", AUTH_TYPE="FORM")
    assert answer.status == "200 OK"
    assert "Welcome, <strong>alice</strong>" in answer.text


def test_login_says_what_went_wrong_only_after_it_has(ask):
    assert "alert" not in ask(login.application, "/").text
    assert "alert" in ask(login.application, "/failed").text


def test_logout_takes_a_post(ask):
    answer = ask(logout.application)
    assert (answer.status, answer.headers["Allow"]) == (
        "405 Method Not Allowed",
        "POST",
    )


def test_logout_ends_the_session_and_leads_to_the_front_page(ask):
    ended = []

    class Session:
        def invalidate(self):
            ended.append(self)

    class Request:
        def getSession(self, create):
            assert create is False
            return Session()

    answer = ask(logout.application, method="POST", isthmus__request=Request())
    assert len(ended) == 1
    assert (answer.status, answer.headers["Location"]) == ("303 See Other", "/shop/")


def test_environ_table_escapes_keys_and_values(ask):
    text = ask(environ_table.application, HTTP_X="<i>&", **{"HTTP_<": "1"}).text
    assert "<td>&lt;i&gt;&amp;</td>" in text
    assert "<code>HTTP_&lt;</code>" in text


def test_environ_table_shows_octets_that_are_not_ascii(ask):
    text = ask(environ_table.application, HTTP_X="\u00c3\u00a9\u00ff").text
    assert "<td>é\ufffd <i>octets \\xc3\\xa9\\xff</i></td>" in text


@pytest.mark.parametrize("key", environ_table.SECRET)
def test_environ_table_hides_credentials(ask, key):
    text = ask(environ_table.application, **{key: "open sesame"}).text
    assert "sesame" not in text
    assert "<i>11 characters, not shown</i>" in text


def test_stream_waits_only_when_the_next_block_is_asked_for(monkeypatch):
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)
    pieces = stream.every(0.25)({}, lambda status, headers: None)
    next(pieces)
    assert waits == []
    next(pieces)
    next(pieces)
    assert waits == [0.25, 0.25]
    pieces.close()


def test_stream_lays_all_its_stones(ask):
    answer = ask(stream.every(0))
    assert answer.text.count("<li>") == stream.STONES
    assert len(answer.blocks) == stream.STONES + 2


def test_download_hands_its_open_file_to_the_server(ask):
    handed = []

    def wrapper(file, size):
        handed.append((file.name, size))
        with file:
            return [file.read()]

    path = "/" + download.NAME
    answer = ask(download.application, path, wsgi__file_wrapper=wrapper)
    assert handed == [(download.PATH, download.BLOCK)]
    assert answer.headers["Content-Length"] == str(len(answer.body))


def test_download_works_without_a_file_wrapper(ask):
    answer = ask(download.application, "/" + download.NAME)
    with open(download.PATH, "rb") as file:
        assert answer.body == file.read()


def test_download_sends_no_other_file(ask):
    for path in ("/download.py", "/../web.xml", "//etc/passwd"):
        answer = ask(download.application, path)
        assert answer.status == "404 Not Found"
        assert answer.headers["Content-Type"].startswith("text/html")


def test_download_has_a_page_of_its_own(ask):
    for path in ("", "/"):
        assert ask(download.application, path).status == "200 OK"


def test_rest_tells_the_front_page_from_all_else(ask):
    chooser = rest.Rest(hello.application, logout.application)
    assert ask(chooser, "/").status == "200 OK"
    assert ask(chooser, "").status == "200 OK"
    assert ask(chooser, "/x").status == "405 Method Not Allowed"
