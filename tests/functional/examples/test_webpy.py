"""The survey of examples/webpy: whatever it does with web.py, over HTTP."""

from alike import (
    assert_failure_is_logged,
    assert_kept_apart,
    assert_not_sent_twice,
    assert_sent_in_parts,
    assert_streamed,
    assert_upload_is_measured,
)
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("webpy")]


def _answer(visitor, name, **more):
    return visitor.post("/", data={"name": name, "colour": "green"}, **more)


def test_answer_is_taken_and_the_name_kept_in_a_cookie(visitor):
    found = _answer(visitor, "Zo\u00eb <\u65e5\u672c>")
    assert found.url == visitor.home + "/"
    assert [response.status_code for response in found.history] == [303]
    assert "Thank you, Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    assert "<li>Zo\u00eb &lt;\u65e5\u672c&gt;</li>" in found.text
    visitor.cookies.clear()
    assert "Thank you" not in visitor.get("/").text


def test_cookie_is_of_the_application_alone(visitor):
    cookie = _answer(visitor, "Ada", allow_redirects=False).headers["Set-Cookie"]
    assert "Path=/webpy/" in cookie
    assert "httponly" in cookie.lower() and "SameSite=Lax" in cookie


def test_wrong_form_comes_back_with_the_reason(visitor):
    page = _answer(visitor, "").text
    assert '<strong class="wrong">Required</strong>' in page


def test_path_beyond_ascii_is_found(visitor):
    _answer(visitor, "Zo\u00eb \u20ac?")
    response = visitor.get("/answers/Zo%C3%AB%20%E2%82%AC%3F")
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.json() == {"name": "Zo\u00eb \u20ac?", "colour": "green"}


def test_nobody_is_404_by_the_application_and_by_web_py(visitor):
    response = visitor.get("/answers/nobody")
    assert (response.status_code, response.text) == (404, "Nobody of that name.\n")
    response = visitor.get("/nowhere")
    assert (response.status_code, response.text) == (404, "not found")


def test_wrong_method_is_405(visitor):
    response = visitor.get("/measure")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_exception_is_a_500_without_its_text(visitor):
    assert assert_failure_is_logged(visitor).text == "internal server error"
    assert visitor.get("/share/4").json() == {"part": 0.25}


def test_upload_arrives_whole(visitor):
    assert_upload_is_measured(visitor, "file")


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count")


def test_static_file_is_the_container_s(visitor):
    response = assert_not_sent_twice(visitor, "/static/survey.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert_sent_in_parts(visitor, "/static/survey.css")
    # What is not there is the application's affair again.
    response = visitor.get("/static/none.css")
    assert (response.status_code, response.text) == (404, "not found")


def test_visitors_at_once_have_names_of_their_own(crowd):
    assert_kept_apart(crowd, _answer, "Thank you, %s.")


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.one("#name").send_keys("Grace")
    browser.leave_by(browser.button("Answer"))
    assert browser.text("#greeting") == "Thank you, Grace."
    assert "Grace" in browser.texts("li")
    assert browser.errors() == []
