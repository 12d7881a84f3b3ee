"""The guest book of examples/flask3: Flask 3 on the CPython in the WAR, over HTTP."""

from alike import (
    assert_failure_is_logged,
    assert_kept_apart,
    assert_not_sent_twice,
    assert_streamed,
    assert_upload_is_measured,
)
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("flask3")]


def _sign(visitor, name, **more):
    return visitor.post("/sign", data={"name": name}, **more)


def test_name_is_signed_and_greeted_by_a_cookie(visitor):
    found = _sign(visitor, "Zo\u00eb <\u65e5\u672c>")
    assert found.url == visitor.home + "/"
    assert "Welcome back, Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    assert "<li>Zo\u00eb &lt;\u65e5\u672c&gt;</li>" in found.text


def test_cookie_is_of_the_application_alone(visitor):
    response = _sign(visitor, "Ada", allow_redirects=False)
    assert response.status_code == 302
    assert "; Path=/flask3" in response.headers["Set-Cookie"]


def test_empty_name_is_asked_for(visitor):
    assert "Who are you?" in _sign(visitor, " ").text
    assert "Who are you?" not in visitor.get("/").text


def test_every_process_has_every_entry(visitor):
    _sign(visitor, "Grace")
    # More requests than there are workers, each of which may answer.
    for _ in range(20):
        assert "<li>Grace</li>" in visitor.get("/").text


def test_exception_is_a_500_without_its_text(visitor):
    assert_failure_is_logged(visitor)
    assert visitor.get("/share/4").json() == {"part": 0.25}


def test_upload_arrives_whole(visitor):
    assert_upload_is_measured(visitor, "file")


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count")


def test_static_file_is_there_and_not_sent_twice(visitor):
    assert_not_sent_twice(visitor, "/static/book.css")


def test_visitors_at_once_have_names_of_their_own(crowd):
    assert_kept_apart(crowd, _sign, "Welcome back, %s.")


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.field("Your name").send_keys("Grace")
    browser.leave_by(browser.button("Sign"))
    assert browser.text("#greeting") == "Welcome back, Grace."
    assert browser.errors() == []
