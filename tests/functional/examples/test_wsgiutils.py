"""The quiz of examples/wsgiutils, over HTTP."""

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("wsgiutils")]


def _answer(visitor, year, **more):
    return visitor.post("/answer", data={"year": year}, **more)


def test_answers_are_kept_in_the_session(visitor):
    assert '<p id="told"></p>' in visitor.get("/").text
    _answer(visitor, "1999")
    found = _answer(visitor, "<Zo\u00eb \u65e5>")
    assert found.url == visitor.home + "/"
    assert "2 answers, the last one &lt;Zo\u00eb \u65e5&gt;." in found.text
    visitor.cookies.clear()
    assert '<p id="told"></p>' in visitor.get("/").text


def test_redirection_is_below_the_context_path(visitor):
    response = _answer(visitor, "2003", allow_redirects=False)
    assert response.status_code == 303
    assert response.headers["Location"] == visitor.home + "/"
    assert response.headers["Set-Cookie"].startswith("quiz=")


def test_forged_cookie_is_nothing(visitor):
    _answer(visitor, "2003")
    (cookie,) = visitor.cookies
    visitor.cookies.clear()
    digest = cookie.value.strip('"')
    forged = ("0" if digest[0] != "0" else "1") + digest[1:]
    response = visitor.get("/", headers={"Cookie": "quiz=" + forged})
    assert '<p id="told"></p>' in response.text


def test_jury_is_asked_for_a_password(visitor, server):
    mark = server.log.mark()
    response = visitor.get("/solution")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Basic realm="jury"'
    assert visitor.get("/solution", auth=("jury", "guessed")).status_code == 401
    assert visitor.get("/solution", auth=("jury", "only an example")).text == "2003\n"
    # What the library would log at INFO.
    assert "guessed" not in "".join(text for _, text in server.log.records(mark))


def test_absent_and_broken_pages(visitor, server):
    response = visitor.get("/nowhere")
    assert response.status_code == 404
    assert response.text == "There is only one question.\n"
    mark = server.log.mark()
    response = visitor.get("/broken")
    assert (response.status_code, response.text) == (500, "Internal application error")
    server.log.wait_for("Application experienced unhandled error: told to fail", mark)


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.field("Your answer").send_keys("2003")
    browser.leave_by(browser.button("Answer"))
    assert browser.text("#told") == "1 answers, the last one 2003."
    assert browser.errors() == []
