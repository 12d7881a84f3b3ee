"""The enquiry desk of examples/django: whatever it does with Django, over HTTP."""

import gzip
import re

import requests

from alike import (
    assert_closed,
    assert_failure_is_logged,
    assert_kept_apart,
    assert_not_sent_twice,
)
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("django")]

# Beyond 2.5 MB Django takes an upload to a temporary file.
BLOB = bytes(range(256)) * 4096 * 3
TOKEN = re.compile("name='csrfmiddlewaretoken' value='([^']+)'")


def _token(visitor):
    return TOKEN.search(visitor.get("/").text).group(1)


def _ask(visitor, headers=None, files=None, **fields):
    data = {"csrfmiddlewaretoken": _token(visitor), "email": "a@example.org", **fields}
    return visitor.post("/", data=data, headers=headers, files=files)


def test_form_is_taken_and_the_name_kept_in_the_session(visitor):
    found = _ask(visitor, name="Zo\u00eb <\u65e5\u672c>")
    assert found.url == visitor.home + "/"
    assert [response.status_code for response in found.history] == [302]
    assert "Thank you, Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    assert "You are Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    # A message is shown once, a session stays.
    again = visitor.get("/").text
    assert "Thank you" not in again and "You are Zo\u00eb" in again


def test_form_without_its_token_is_403(visitor):
    _ask(visitor, name="Ada")
    response = visitor.post("/", data={"name": "Ada", "email": "a@example.org"})
    assert response.status_code == 403
    assert "CSRF verification failed." in response.text


def test_token_in_a_header_is_as_good(visitor):
    headers = {"X-CSRFToken": _token(visitor)}
    response = visitor.post("/forget", headers=headers)
    assert (response.status_code, response.url) == (200, visitor.home + "/")


def test_wrong_form_comes_back_with_what_was_typed(visitor):
    page = _ask(visitor, name="", email="<nothing").text
    assert "This field is required." in page
    assert "Enter a valid email address." in page
    assert 'value="&lt;nothing"' in page


def test_language_is_what_the_browser_asks_for(visitor):
    response = _ask(visitor, name="", headers={"Accept-Language": "de, en;q=0.5"})
    assert response.headers["Content-Language"] == "de"
    assert "Dieses Feld ist zwingend erforderlich." in response.text
    response = visitor.get("/", headers={"Accept-Language": "ja"})
    assert "\u30e1\u30fc\u30eb\u30a2\u30c9\u30ec\u30b9" in response.text


def test_chosen_language_is_remembered(visitor):
    data = {"csrfmiddlewaretoken": _token(visitor), "language": "de"}
    response = visitor.post("/i18n/setlang/", data={**data, "next": "/django/"})
    assert response.url == visitor.home + "/"
    assert visitor.get("/").headers["Content-Language"] == "de"


def test_forged_session_is_nothing(visitor):
    _ask(visitor, name="Ada")
    (session,) = [c for c in visitor.cookies if c.name == "desk_session"]
    visitor.cookies.clear(session.domain, session.path, session.name)
    forged = {"Cookie": "desk_session=" + session.value[:-3] + "xxx"}
    response = visitor.get("/", headers=forged)
    assert response.status_code == 200 and "You are" not in response.text


def test_session_is_forgotten(visitor):
    _ask(visitor, name="Ada")
    data = {"csrfmiddlewaretoken": _token(visitor)}
    assert "You are" not in visitor.post("/forget", data=data).text


def test_upload_arrives_whole_by_way_of_a_temporary_file(visitor):
    file = ("\u00fcber.bin", BLOB, "application/octet-stream")
    _ask(visitor, name="Zo\u00eb \u20ac", files={"attachment": file})
    found = visitor.get("/from/Zo%C3%AB%20%E2%82%AC").json()["enquiries"]
    sent = {"name": "Zo\u00eb \u20ac", "file": "\u00fcber.bin", "bytes": len(BLOB)}
    assert found == [sent]


def test_chunked_form_has_a_length(visitor):
    """Django takes a body without CONTENT_LENGTH for an empty one."""
    token = _token(visitor)
    data = {"csrfmiddlewaretoken": token, "name": "Hedy", "email": "h@example.org"}
    files = {"attachment": ("piece.bin", BLOB[:500000])}
    whole = requests.Request("POST", visitor.home, data=data, files=files).prepare()
    pieces = (whole.body[i : i + 60000] for i in range(0, len(whole.body), 60000))
    headers = {"Content-Type": whole.headers["Content-Type"]}
    found = visitor.post("/", data=pieces, headers=headers)
    assert [response.status_code for response in found.history] == [302]
    found = visitor.get("/from/Hedy").json()["enquiries"]
    assert found == [{"name": "Hedy", "file": "piece.bin", "bytes": 500000}]


def test_links_have_the_context_path_and_are_escaped(visitor):
    page = _ask(visitor, name="Zo\u00eb#1").text
    assert '<a href="/django/from/Zo%C3%AB%231">Zo\u00eb#1</a>' in page
    assert visitor.get("/from/Zo%C3%AB%231").status_code == 200


def test_page_for_404_is_the_project_s(visitor):
    response = visitor.get("/from/%E6%97%A5%E6%9C%AC")
    assert response.status_code == 404
    assert "<p>Nothing came from \u65e5\u672c.</p>" in response.text


def test_wrong_method_is_405(visitor):
    response = visitor.get("/forget")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_exception_is_the_page_for_500_and_a_traceback_in_the_log(visitor):
    response = assert_failure_is_logged(visitor)
    assert "Something went wrong here." in response.text
    assert visitor.get("/share/4").json() == {"part": 0.25}


def test_host_that_is_not_allowed_is_400(visitor):
    assert visitor.get("/", headers={"Host": "example.org"}).status_code == 400


def test_page_is_compressed_and_not_sent_twice(visitor):
    plain = visitor.get("/from/nobody", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    css = visitor.get("/static/admin/css/base.css", stream=True)
    assert css.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in css.headers["Vary"]
    assert gzip.decompress(css.raw.read()).startswith(b"/*")
    _ask(visitor, name="Grace")
    assert_not_sent_twice(visitor, "/from/Grace")


def test_generator_is_streamed(visitor):
    _ask(visitor, name="Zo\u00eb")
    response = visitor.get("/enquiries.csv", headers={"Accept-Encoding": "identity"})
    assert "Zo\u00eb;" in response.content.decode("utf-8")
    assert response.headers["Transfer-Encoding"] == "chunked"


def test_static_files_of_project_and_libraries_are_there(visitor):
    response = assert_not_sent_twice(visitor, "/static/desk.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert visitor.get("/static/admin/css/login.css").status_code == 200
    assert_closed(visitor, "/static", "settings.py")


def test_admin_asks_for_a_login(visitor):
    response = visitor.get("/admin/")
    assert response.url == visitor.home + "/admin/login/?next=/django/admin/"
    assert "<title>Log in | Django site admin</title>" in response.text
    assert 'href="/django/static/admin/css/login.css"' in response.text


def test_visitors_at_once_have_names_of_their_own(crowd):
    def introduce(visitor, name):
        _ask(visitor, name=name)

    assert_kept_apart(crowd, introduce, "You are %s.")


def test_form_is_filled_in_in_a_browser(site, browser, tmp_path):
    attachment = tmp_path / "note.txt"
    attachment.write_text("from a browser")
    site.open("/")
    browser.one("#id_name").send_keys("Grace")
    browser.one("#id_email").send_keys("grace@example.org")
    browser.one("#id_attachment").send_keys(str(attachment))
    browser.leave_by(browser.button("Save"))
    assert browser.text("[role=status]") == "Thank you, Grace."
    browser.leave_by(browser.button("Forget me"))
    assert browser.all("#greeting") == []
    assert browser.errors() == []


def test_admin_s_login_page_in_a_browser(site, browser):
    site.open("/admin/")
    assert browser.text("#site-name") == "Django administration"
    # Its style sheet has come.
    style = "return getComputedStyle(document.getElementById('header'))"
    assert browser.script(style + ".backgroundColor") == "rgb(65, 118, 144)"
    # Chromium has advice for the page's author.
    assert [error for error in browser.errors() if " - [DOM] " not in error] == []
