"""The middleware that puts a page around what the programs answer."""

import sys

import pytest

import contents
import hello
from frame import Frame

HTML = [("Content-Type", "text/html; charset=utf-8")]


def framed(application, **options):
    return Frame(application, contents.page("class"), [hello], **options)


def answering(blocks, headers=HTML, status="200 OK"):
    def application(environ, start_response):
        start_response(status, list(headers))
        return blocks

    return application


class Closing(list):
    closed = 0

    def close(self):
        self.closed += 1


def test_html_is_put_into_a_document(ask):
    text = ask(framed(answering([b"<p>one", b" two</p>"]))).text
    assert text.startswith("<!DOCTYPE html>") and text.endswith("</html>\n")
    assert "<p>one two</p>" in text
    assert "<h1>A class</h1>" in text


def test_each_block_is_passed_on_as_it_comes(ask):
    blocks = ask(framed(answering([b"one", b"", b"two"]))).blocks
    assert blocks[0].endswith(b"one")
    assert blocks[1:3] == [b"", b"two"]


def test_empty_answer_is_a_whole_document(ask):
    assert ask(framed(answering([]))).text.count("<html") == 1


def test_content_length_of_the_piece_is_not_that_of_the_page(ask):
    headers = [*HTML, ("Content-Length", "3")]
    assert "Content-Length" not in ask(framed(answering([b"one"], headers))).headers


@pytest.mark.parametrize("headers", [[("Content-Type", "text/plain")], []])
def test_what_is_not_html_is_passed_on_as_the_same_object(headers):
    result = [b"one"]
    given = []
    application = framed(answering(result, headers, "303 See Other"))
    environ = {"SCRIPT_NAME": "/x", "REQUEST_METHOD": "GET"}
    assert application(environ, lambda *args: given.append(args)) is result
    assert given == [("303 See Other", headers, None)]


def test_application_may_start_when_it_is_iterated(ask):
    def application(environ, start_response):
        start_response("200 OK", HTML)
        yield b"late"

    assert b"late" in ask(framed(application)).blocks[0]


def test_late_plain_text_is_not_framed(ask):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"late"

    assert ask(framed(application)).body == b"late"


def test_write_goes_into_the_document(ask):
    def application(environ, start_response):
        write = start_response("200 OK", HTML)
        write(b"written")
        return [b"returned"]

    text = ask(framed(application)).text
    assert "writtenreturned" in text
    assert text.count("<html") == 1


def test_error_replaces_the_response_before_it_is_out(ask):
    def application(environ, start_response):
        start_response("200 OK", HTML)
        try:
            raise ValueError
        except ValueError:
            plain = [("Content-Type", "text/plain")]
            start_response("500 Oops", plain, sys.exc_info())
        return [b"failed"]

    answer = ask(framed(application))
    assert (answer.status, answer.body) == ("500 Oops", b"failed")


def test_close_is_passed_on(ask):
    result = Closing([b"one"])
    ask(framed(answering(result)))
    assert result.closed == 1


def test_page_carries_a_policy_against_scripts(ask):
    headers = ask(framed(answering([b"one"]))).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "script, segments, root",
    [
        ("/shop/here", 1, "/shop"),
        ("/here", 1, ""),
        ("", 0, ""),
        ("/deep/shop", 0, "/deep/shop"),
        ("/caf\u00c3\u00a9 <x>/here", 1, "/caf%C3%A9%20%3Cx%3E"),
    ],
)
def test_links_begin_at_the_web_application(ask, script, segments, root):
    application = framed(answering([b""]), segments=segments)
    text = ask(application, SCRIPT_NAME=script, PATH_INFO="/").text
    assert '<a class="brand" href="%s/">' % root in text
    assert '<link rel="icon" href="%s/static/icon.svg"' % root in text
    assert '<li><a href="%s/class/" aria-current="page">' % root in text


def test_request_and_server_are_escaped(ask):
    text = ask(
        framed(answering([b""])),
        "/<i>",
        QUERY_STRING="<b>",
        SERVER_SOFTWARE="<s>",
    ).text
    assert "GET /shop/here/&lt;i&gt;?&lt;b&gt;" in text
    assert "Served by &lt;s&gt;." in text
