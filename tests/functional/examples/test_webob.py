"""The wiki of examples/webob: whatever it does with WebOb, over HTTP."""

import html

import pytest

from alike import (
    assert_closed,
    assert_failure_is_logged,
    assert_kept_apart,
    assert_not_sent_twice,
    assert_sent_in_parts,
    assert_streamed,
)
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("webob")]
# Pyramid, which is in `mvn verify`, stands on WebOb.
pytestmark = pytest.mark.matrix


def _write(visitor, title, text, author="Ada", **more):
    data = {"author": author, "title": title}
    files = {"text": ("text.txt", text, "text/plain")}
    return visitor.post("/", data=data, files=files, **more)


def test_page_is_written_and_linked_beyond_ascii(visitor):
    page = _write(visitor, "Zo\u00eb/<\u20ac>", "written").text
    assert 'href="pages/Zo%C3%AB%2F%3C%E2%82%AC%3E">Zo\u00eb/&lt;\u20ac&gt;</a>' in page
    _write(visitor, "Zo\u00eb <\u20ac>", b"written\n")
    response = visitor.get("/pages/Zo%C3%AB%20%3C%E2%82%AC%3E")
    assert response.headers["Content-Type"].lower() == "text/plain;charset=utf-8"
    assert response.text == "written\n"


def test_author_is_kept_in_a_signed_cookie(visitor):
    response = _write(visitor, "one", b"1", "Zo\u00eb <\u65e5>", allow_redirects=False)
    assert response.status_code == 303
    assert response.headers["Location"] == visitor.home + "/"
    cookie = response.headers["Set-Cookie"]
    assert "Path=/webob" in cookie and "HttpOnly" in cookie
    assert "Hello, Zo\u00eb &lt;\u65e5&gt;." in visitor.get("/").text
    (cookie,) = visitor.cookies
    visitor.cookies.clear()
    forged = {"Cookie": "author=xxx" + cookie.value[3:]}
    assert "Hello" not in visitor.get("/", headers=forged).text


def test_body_of_a_put_arrives_whole(visitor):
    text = "Zo\u00eb\n" * 200000
    assert visitor.put("/pages/long", data=text.encode("utf-8")).status_code == 204
    response = visitor.get("/pages/long")
    assert response.text == text
    assert visitor.get("/sizes").json()["long"] == len(text.encode("utf-8"))
    head = visitor.head("/pages/long")
    assert head.headers["Content-Length"] == str(len(response.content))


def test_page_is_not_sent_twice_and_in_parts(visitor):
    visitor.put("/pages/part", data=b"0123456789")
    etag = assert_not_sent_twice(visitor, "/pages/part").headers["ETag"]
    assert_sent_in_parts(visitor, "/pages/part")
    part = visitor.get("/pages/part", headers={"Range": "bytes=2-4", "If-Range": etag})
    assert (part.status_code, part.content) == (206, b"234")
    other = {"Range": "bytes=2-4", "If-Range": '"other"'}
    assert visitor.get("/pages/part", headers=other).content == b"0123456789"


def test_exceptions_of_http_are_responses(visitor):
    response = visitor.get("/pages/%E6%97%A5", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "There is no page \u65e5." in html.unescape(response.text)
    assert response.text.startswith("<html>")
    assert visitor.get("/nowhere").status_code == 404
    response = visitor.post("/pages/part")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, PUT"


def test_exception_is_the_server_s_500(visitor):
    assert_failure_is_logged(visitor, "/share?people=0")
    assert visitor.get("/share?people=4").json() == {"part": 0.25}


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count?last=3")


def test_directory_has_its_files_and_nothing_beside(visitor):
    response = assert_not_sent_twice(visitor, "/files/wiki.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert_sent_in_parts(visitor, "/files/wiki.css")
    assert_closed(visitor, "/files", "app.py")


def test_visitors_at_once_have_names_of_their_own(crowd):
    def introduce(visitor, name):
        _write(visitor, "one", b"1", name)

    assert_kept_apart(crowd, introduce, "Hello, %s.")


def test_form_and_upload_in_a_browser(site, browser, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("from a browser")
    site.open("/")
    browser.field("Your name").send_keys("Grace")
    browser.field("Title").send_keys("Notes")
    browser.field("A file with the text").send_keys(str(text))
    browser.leave_by(browser.button("Write"))
    assert browser.text("#greeting") == "Hello, Grace."
    browser.leave_by(browser.link("Notes"))
    assert browser.text("body") == "from a browser"
    assert browser.errors() == []
