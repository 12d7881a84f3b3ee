"""The address book of examples/cherrypy, on CherryPy 17.4.2 and 3.8.2, over HTTP."""

import gzip

import pytest

import where
from alike import (
    assert_closed,
    assert_failure_is_logged,
    assert_kept_apart,
    assert_not_sent_twice,
    assert_sent_in_parts,
    assert_streamed,
    assert_upload_is_measured,
)
from example_project import ExampleProject

BOOT = "examples"
WARS = [
    ExampleProject("cherrypy"),
    # The same program, for Python 2.7: one Tomcat and one Jetty are enough.
    ExampleProject(
        "cherrypy",
        "/cherrypy38",
        options=["-r", "older/requirements.txt"],
        containers=where.TWO.verify,
        engines=("jython",),
        matrix=where.TWO.verify,
    ),
]


@pytest.fixture(params=WARS, ids=["17", "3.8"])
def war(request):
    return request.param


def _sign(visitor, name, **more):
    return visitor.post("/sign", data={"name": name}, **more)


def test_release_is_the_one_of_the_requirements(visitor, war, server):
    releases = {"jython": "17.4.2", "cpython": "18.10.0"}
    release = "3.8.2" if war is WARS[1] else releases[server.engine.name]
    assert visitor.get("/").headers["Server"] == "CherryPy/" + release


def test_name_is_kept_in_the_session(visitor):
    found = _sign(visitor, "Zo\u00eb <\u65e5\u672c>")
    assert found.url == visitor.home + "/"
    assert [response.status_code for response in found.history] == [303]
    assert "Hello, Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    assert "Hello" in visitor.get("/").text
    visitor.cookies.clear()
    assert "Hello" not in visitor.get("/").text


def test_cookie_has_its_own_name_and_no_script_sees_it(visitor):
    cookie = _sign(visitor, "Ada", allow_redirects=False).headers["Set-Cookie"]
    assert cookie.startswith("address_book=") and "httponly" in cookie.lower()


def test_session_of_nobody_is_a_new_one(visitor):
    headers = {"Cookie": "address_book=" + "0" * 40}
    response = visitor.get("/", headers=headers)
    assert "Hello" not in response.text
    assert visitor.cookies["address_book"] != "0" * 40


def test_path_beyond_ascii_is_found(visitor):
    _sign(visitor, "Zo\u00eb \u20ac")
    found = visitor.get("/people/Zo%C3%AB%20%E2%82%AC").json()
    assert found == {"name": "Zo\u00eb \u20ac", "signed": found["signed"]}


def test_page_for_404_is_the_application_s(visitor):
    response = visitor.get("/people/%E6%97%A5")
    assert response.status_code == 404
    assert "<p>Nobody is called \u65e5.</p>" in response.content.decode("utf-8")
    assert visitor.get("/nowhere").status_code == 404
    # A parameter is missing, of a page that is there.
    assert visitor.post("/sign").status_code == 404


def test_wrong_method_is_405(visitor):
    response = visitor.get("/sign?name=Ada")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_exception_is_a_500_without_its_text(visitor):
    assert_failure_is_logged(visitor)
    assert visitor.get("/share?people=4").json() == {"part": 0.25}


def test_upload_arrives_whole(visitor):
    assert_upload_is_measured(visitor, "card")


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count")


def test_page_is_compressed(visitor):
    response = visitor.get("/", headers={"Accept-Encoding": "gzip"}, stream=True)
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert gzip.decompress(response.raw.read()).startswith(b"<!DOCTYPE html>")
    plain = visitor.get("/", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers


def test_members_are_asked_for_a_password(visitor):
    response = visitor.get("/members/")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith('Basic realm="Address book"')
    assert visitor.get("/members/", auth=("alice", "wrong")).status_code == 401
    response = visitor.get("/members/", auth=("alice", "wonder"))
    assert response.text == "Good day, alice.\n"


def test_static_file_is_there_and_not_sent_twice(visitor):
    response = assert_not_sent_twice(visitor, "/static/book.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert_closed(visitor, "/static", "app.py")


def test_parts_of_a_static_file_are_206_or_416(visitor):
    assert_sent_in_parts(visitor, "/static/book.css")
    parts = visitor.get("/static/book.css", headers={"Range": "bytes=0-3,5-5"})
    assert parts.status_code == 206
    assert parts.headers["Content-Type"].startswith("multipart/byteranges")


def test_visitors_at_once_have_names_of_their_own(crowd):
    assert_kept_apart(crowd, _sign, "Hello, %s.")


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.field("Your name").send_keys("Grace")
    browser.leave_by(browser.button("Sign"))
    assert browser.text("#greeting") == "Hello, Grace."
    assert "Grace" in browser.texts("li")
    assert browser.errors() == []
