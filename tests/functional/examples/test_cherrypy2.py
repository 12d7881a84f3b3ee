"""The visitors of examples/cherrypy2: the paper's line of CherryPy, over HTTP."""

import gzip

from alike import assert_failure_is_logged, assert_not_sent_twice, assert_streamed
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("cherrypy2")]


def test_name_is_kept_in_the_session(visitor):
    found = visitor.post("/sign", data={"name": "Zo\u00eb <\u65e5\u672c>"})
    assert found.url == visitor.home + "/"
    assert "Hello, Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    assert "Hello" in visitor.get("/").text
    assert [cookie.name for cookie in visitor.cookies] == ["visitors"]
    visitor.cookies.clear()
    assert "Hello" not in visitor.get("/").text


def test_path_beyond_ascii_arrives(visitor):
    response = visitor.get("/hello/Zo%C3%AB%20%E2%82%AC")
    assert response.text == "Hello, Zo\u00eb \u20ac!\n"
    assert response.headers["Content-Type"].lower() == "text/html;charset=utf-8"


def test_upload_arrives_whole(visitor):
    blob = bytes(range(256)) * 4096
    files = {"card": ("\u00fcber.bin", blob, "application/octet-stream")}
    assert visitor.post("/measure", files=files).text == "\u00fcber.bin: 1048576\n"


def test_generator_is_streamed(visitor):
    response = assert_streamed(visitor, "/count")
    assert response.headers["Content-Type"].startswith("text/plain")


def test_errors_are_pages_without_a_traceback(visitor):
    response = visitor.get("/nowhere")
    assert response.status_code == 404
    assert "/nowhere' was not found." in response.text
    assert_failure_is_logged(visitor)
    assert visitor.get("/share?people=4").text == "0.25\n"


def test_static_file_is_there_and_not_sent_twice(visitor):
    response = assert_not_sent_twice(visitor, "/static/visitors.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert visitor.climb("/static", "app.py") <= {400, 403, 404}


def test_page_is_compressed(visitor):
    response = visitor.get("/", headers={"Accept-Encoding": "gzip"}, stream=True)
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.raw.read()).startswith(b"<!DOCTYPE html>")


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.field("Your name").send_keys("Grace")
    browser.leave_by(browser.button("Sign"))
    assert browser.text("#greeting") == "Hello, Grace."
    assert browser.errors() == []
