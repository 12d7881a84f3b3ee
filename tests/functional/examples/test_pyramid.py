"""The to-do list of examples/pyramid: whatever it does with Pyramid, over HTTP."""

import re

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
WARS = [ExampleProject("pyramid")]

TOKEN = re.compile('name="csrf_token" value="([^"]+)"')


def _token(visitor):
    return TOKEN.search(visitor.get("/").text).group(1)


def _add(visitor, name, **more):
    return visitor.post("/", data={"csrf_token": _token(visitor), "name": name}, **more)


def test_task_is_added_and_kept_in_the_session(visitor):
    found = _add(visitor, "Zo\u00eb <\u65e5\u672c>")
    assert found.url == visitor.home + "/"
    assert [response.status_code for response in found.history] == [303]
    assert "You have added Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    visitor.cookies.clear()
    assert "You have added" not in visitor.get("/").text


def test_empty_task_is_asked_for_once(visitor):
    assert "What is to be done?" in _add(visitor, " ").text
    assert "What is to be done?" not in visitor.get("/").text


def test_form_without_its_token_is_400(visitor):
    _add(visitor, "Ada")
    response = visitor.post("/", data={"name": "Ada"})
    assert response.status_code == 400
    token = {"X-CSRF-Token": _token(visitor)}
    assert visitor.post("/", data={"name": "Ada"}, headers=token).status_code == 200


def test_forged_session_is_nothing(visitor):
    _add(visitor, "Ada")
    (session,) = visitor.cookies
    visitor.cookies.clear()
    forged = {"Cookie": "todo=" + session.value[:-3] + "xxx"}
    response = visitor.get("/", headers=forged)
    assert response.status_code == 200 and "You have added" not in response.text


def test_links_beyond_ascii_have_the_context_path(visitor):
    page = _add(visitor, "Zo\u00eb \u20ac?").text
    assert '<a href="/pyramid/tasks/Zo%C3%AB%20%E2%82%AC%3F">' in page
    found = visitor.get("/tasks/Zo%C3%AB%20%E2%82%AC%3F").json()
    assert found["name"] == "Zo\u00eb \u20ac?"


def test_method_decides_about_the_view(visitor):
    _add(visitor, "gone")
    assert visitor.delete("/tasks/gone").status_code == 204
    assert visitor.get("/tasks/gone").status_code == 404
    assert visitor.get("/upload").status_code == 404


def test_page_for_404_is_the_application_s(visitor):
    response = visitor.get("/tasks/%E6%97%A5")
    assert response.status_code == 404
    assert response.text == "Not on the list: There is no task \u65e5.\n"
    assert visitor.get("/nowhere").text == "Not on the list: /nowhere\n"


def test_path_that_is_not_utf8_is_400(visitor):
    # By the container, or by the view for it.
    assert visitor.get_as_it_is("/tasks/%FF").status == 400


def test_exception_has_a_view_and_is_in_the_log(visitor):
    logged = r"GET /pyramid/share/0 failed\."
    response = assert_failure_is_logged(visitor, pattern=logged)
    assert response.text == "This went wrong here. It has been written down.\n"
    assert visitor.get("/share/4").json() == {"part": 0.25}


def test_upload_arrives_whole(visitor):
    lines = "".join("Zo\u00eb %d\n" % number for number in range(20000))
    files = {"file": ("\u00fcber.txt", lines.encode(), "text/plain")}
    data = {"csrf_token": _token(visitor)}
    found = visitor.post("/upload", data=data, files=files).json()
    assert found == {"name": "\u00fcber.txt", "lines": 20000}


def test_file_is_sent_in_parts_and_not_twice(visitor):
    response = assert_not_sent_twice(visitor, "/manual.txt")
    assert response.text.startswith("Write down what is to be done.")
    assert_sent_in_parts(visitor, "/manual.txt")


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count/3")


def test_static_file_is_there_and_not_sent_twice(visitor):
    response = assert_not_sent_twice(visitor, "/static/todo.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.headers["Cache-Control"] == "max-age=3600"
    assert_closed(visitor, "/static", "views.py")


def test_visitors_at_once_have_names_of_their_own(crowd):
    assert_kept_apart(crowd, _add, "You have added %s.")


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.field("Next").send_keys("Rest")
    browser.leave_by(browser.button("Add"))
    assert browser.text("#last") == "You have added Rest."
    assert "Rest" in browser.texts("li")
    assert browser.errors() == []
