"""The notebook of examples/paste-webkit: servlets for Webware's WebKit, over HTTP."""

import pytest

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("paste-webkit")]
# Much like examples/paste, which is in `mvn verify`.
pytestmark = pytest.mark.matrix


def _add(visitor, note, **more):
    return visitor.post("/", data={"note": note, "_action_add": "1"}, **more)


def test_action_of_a_form_is_taken_and_kept_in_the_session(visitor):
    for note in ("first", "<second> & Zo\u00eb \u65e5"):
        page = _add(visitor, note).text
    assert "<li>first</li>" in page
    assert "<li>&lt;second&gt; &amp; Zo\u00eb \u65e5</li>" in page
    visitor.cookies.clear()
    assert "<li>" not in visitor.get("/").text


def test_redirection_is_below_the_context_path(visitor):
    response = _add(visitor, "x", allow_redirects=False)
    assert response.status_code == 302
    assert response.headers["Location"] == visitor.home + "/"
    assert response.headers["Set-Cookie"].startswith("notebook=")


def test_session_ends(visitor):
    _add(visitor, "x")
    page = visitor.post("/", data={"_action_forget": "1"}).text
    assert "<h1>Notebook</h1>" in page and "<li>" not in page


def test_page_sets_its_own_type(visitor):
    response = visitor.get("/plain?b=2&a=%C3%A9")
    kind = response.headers["Content-Type"].replace(" ", "").lower()
    assert kind == "text/plain;charset=utf-8"
    assert response.text == "a = \u00e9\nb = 2\nGET\n"
    assert visitor.post("/plain", data={"a": "1"}).text == "a = 1\nPOST\n"


def test_failure_is_told_to_the_log_alone(visitor, server):
    mark = server.log.mark()
    response = visitor.get("/torn")
    assert response.status_code == 500
    assert "The notebook is torn." in response.text
    assert "is missing" not in response.text and "torn.py" not in response.text
    server.log.wait_for("ValueError: page 7 is missing", mark)


def test_what_is_no_page_is_404(visitor):
    # Nor is the bytecode of one, which lies beside it.
    for name in ("/nowhere", "/plain$py.class", "/__init__$py.class"):
        assert visitor.get(name).status_code == 404
    assert "import" not in visitor.get("/plain.py").text


def test_buttons_are_pressed_in_a_browser(site, browser):
    site.open("/")
    browser.field("Note").send_keys("seen \u2713")
    browser.leave_by(browser.button("Add"))
    assert browser.texts("li") == ["seen \u2713"]
    browser.leave_by(browser.button("Forget"))
    assert browser.texts("li") == []
    assert browser.errors() == []
