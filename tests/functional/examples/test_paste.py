"""The site of examples/paste: Paste 2.0.3 and Paste Deploy 1.5.2, over HTTP."""

import re

import pytest

from example_project import ExampleProject

BOOT = "examples"
# With the debugger; the rest is the project's own application, below it.
WARS = [ExampleProject("paste", options=["site.ini#development"])]


def test_front_page_has_a_global_and_a_local_value(visitor):
    found = visitor.get("/")
    assert "<h1>A site of parts</h1>" in found.text
    assert "Put together by Paste Deploy." in found.text


def test_what_no_application_has_is_404(visitor):
    assert visitor.get("/nowhere").status_code == 404
    # Its own prefix alone: not /movedx.
    assert visitor.get("/movedx").status_code == 404


def test_pipeline_compresses(visitor, server):
    gzip = {"Accept-Encoding": "gzip"}
    response = visitor.get("/", headers=gzip)
    assert response.headers["Content-Encoding"] == "gzip"
    assert "<h1>A site of parts</h1>" in response.text
    plain = visitor.get("/", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.text == response.text
    assert "Content-Encoding" not in visitor.get("/visits", headers=gzip).headers


def test_static_file_is_sent_once(visitor):
    response = visitor.get("/files/site.css")
    assert response.text == "body { font-family: sans-serif; }\n"
    assert response.headers["Content-Type"] == "text/css"
    again = {"If-None-Match": response.headers["ETag"]}
    assert visitor.get("/files/site.css", headers=again).status_code == 304
    part = visitor.get("/files/site.css", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.text) == (206, "body")


def test_no_path_leads_out_of_the_static_directory(visitor):
    assert visitor.get("/files/none.css").status_code == 404
    # Some containers refuse such a path, others resolve its dots.
    for path in ("/files/%2e%2e/site.ini", "/files/..%2fsite.ini"):
        assert visitor.get_as_it_is(path).status in (400, 404)


def test_session_is_of_one_visitor(visitor):
    assert "You were here 0 times." in visitor.get("/visits").text
    for times in (1, 2):
        assert "You were here %d times." % times in visitor.post("/visits").text
    assert "You were here 2 times." in visitor.get("/visits").text
    visitor.cookies.clear()
    assert "You were here 0 times." in visitor.get("/visits").text


def test_members_are_asked_for_a_password(visitor):
    response = visitor.get("/members")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Basic realm="members"'
    wrong = visitor.get("/members", auth=("alice", "something else"))
    assert wrong.status_code == 401
    right = visitor.get("/members", auth=("alice", "only an example"))
    assert "Hello, alice." in right.text


def test_exception_is_a_redirection(visitor):
    response = visitor.get("/moved/here?x=1", allow_redirects=False)
    assert response.status_code == 302
    assert response.headers["Location"] == visitor.home + "/moved/there"
    assert "You have come there." in visitor.get("/moved/here").text


def test_exception_is_a_404(visitor):
    response = visitor.get("/moved/nowhere")
    assert response.status_code == 404
    assert "Neither here nor there." in response.text


def test_failure_shows_a_stranger_nothing(visitor, server):
    mark = server.log.mark()
    response = visitor.get("/fails")
    assert response.status_code == 500
    assert "Ask again later." in response.text
    assert "told to fail" not in response.text and "parts.py" not in response.text
    server.log.wait_for("told to fail, with 17 letters", mark)


def test_error_has_a_document(visitor):
    assert visitor.get("/told/there").status_code == 200
    response = visitor.get("/told/nowhere")
    assert response.status_code == 404
    assert "There is nothing of that name." in response.text


# The wheels of Paste 3 lack the debugger's scripts.
@pytest.mark.jython
def test_debugger_shows_the_failure(visitor):
    response = visitor.get("/debugged")
    assert response.status_code == 500
    assert "ValueError" in response.text and "told to fail" in response.text
    seen = visitor.get(response.headers["X-Debug-URL"])
    assert seen.status_code == 200 and "told to fail" in seen.text
    script = visitor.get("/debugged/_debug/media/debug.js")
    assert script.status_code == 200 and "function" in script.text


@pytest.mark.jython
def test_debugger_runs_python_in_the_frame(visitor):
    page = visitor.get("/debugged").text
    count = re.search(r"debug_count = (\d+)", page).group(1)
    *_, frame = re.findall(r'tbid="(\d+)"', page)
    data = {"tbid": frame, "debugcount": count}
    found = visitor.post(
        "/debugged/_debug/exec_input", data={**data, "input": "secret.upper()"}
    )
    assert "NOT&nbsp;FOR&nbsp;STRANGERS" in found.text.replace(" ", "&nbsp;")


def test_form_is_sent_in_a_browser(site, browser):
    site.open("/visits")
    for times in (1, 2):
        browser.leave_by(browser.button("Come again"))
        assert browser.text("#text") == "You were here %d times." % times
    assert browser.errors() == []
