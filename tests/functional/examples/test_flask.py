"""The guest book of examples/flask: whatever its pages do with Flask, over HTTP."""

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
WARS = [ExampleProject("flask")]


def _sign(visitor, name, **more):
    return visitor.post("/sign", data={"name": name}, **more)


def test_name_is_signed_and_greeted_by_a_cookie(visitor):
    found = _sign(visitor, "Zo\u00eb <\u65e5\u672c>")
    assert found.url == visitor.home + "/"
    assert "Welcome back, Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    assert "<li>Zo\u00eb &lt;\u65e5\u672c&gt;</li>" in found.text
    visitor.cookies.clear()
    assert "Welcome back" not in visitor.get("/").text


def test_cookie_is_of_the_application_alone(visitor):
    response = _sign(visitor, "Ada", allow_redirects=False)
    assert response.status_code == 302
    assert response.headers["Location"] == visitor.home + "/"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("session=") and "; Path=/flask" in cookie
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_forged_cookie_is_nothing(visitor):
    _sign(visitor, "Ada")
    (session,) = visitor.cookies
    visitor.cookies.clear(session.domain, session.path, session.name)
    forged = {"Cookie": "session=" + session.value[:-2] + "xx"}
    assert "Welcome back" not in visitor.get("/", headers=forged).text


def test_empty_name_is_asked_for(visitor):
    assert "Who are you?" in _sign(visitor, " ").text
    assert "Who are you?" not in visitor.get("/").text


def test_path_beyond_ascii_is_found(visitor):
    _sign(visitor, "Zo\u00eb/\u20ac")
    _sign(visitor, "Zo\u00eb\u20ac")
    found = visitor.get("/people/Zo%C3%AB%E2%82%AC").json()
    assert found == {"name": "Zo\u00eb\u20ac", "signed": found["signed"]}


def test_nobody_is_404_by_the_application_and_by_flask(visitor):
    response = visitor.get("/people/nobody")
    assert (response.status_code, response.text) == (404, "Nobody of that name.\n")
    response = visitor.get("/nowhere")
    assert response.status_code == 404
    assert "The requested URL was not found on the server." in response.text


def test_missing_field_is_400_and_wrong_method_405(visitor):
    assert visitor.post("/sign").status_code == 400
    response = visitor.get("/sign")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_exception_is_a_500_without_its_text(visitor):
    assert_failure_is_logged(visitor)
    assert visitor.get("/share/4").json() == {"part": 0.25}


def test_upload_arrives_whole(visitor):
    assert_upload_is_measured(visitor, "file")


def test_entries_are_exported(visitor):
    _sign(visitor, 'Ada "the first"')
    response = visitor.get("/entries.csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert '"Ada ""the first"""\r\n' in response.content.decode("utf-8")


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count")


def test_static_file_is_there_and_not_sent_twice(visitor):
    response = assert_not_sent_twice(visitor, "/static/book.css")
    assert response.headers["Content-Type"].startswith("text/css")


def test_part_of_a_static_file_is_206_or_416(visitor):
    assert_sent_in_parts(visitor, "/static/book.css")


def test_no_path_leads_out_of_the_static_directory(visitor):
    assert_closed(visitor, "/static", "app.py")


def test_visitors_at_once_have_names_of_their_own(crowd):
    assert_kept_apart(crowd, _sign, "Welcome back, %s.")


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.field("Your name").send_keys("Grace")
    browser.leave_by(browser.button("Sign"))
    assert browser.text("#greeting") == "Welcome back, Grace."
    assert "Grace" in browser.texts("li")
    assert browser.errors() == []
