"""The shelf of examples/bottle: whatever its pages do with Bottle, over HTTP."""

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
WARS = [ExampleProject("bottle")]

BLOB = bytes(range(256)) * 4096


def _introduce(visitor, name, **more):
    return visitor.post("/name", data={"name": name}, **more)


def _put(visitor, name, content):
    return visitor.post("/notes", files={"note": (name, content)})


def test_name_is_kept_in_a_signed_cookie(visitor):
    found = _introduce(visitor, "Zo\u00eb <\u65e5\u672c>")
    assert found.url == visitor.home + "/"
    assert "Hello, Zo\u00eb &lt;\u65e5\u672c&gt;." in found.text
    visitor.cookies.clear()
    assert "Hello" not in visitor.get("/").text


def test_chunked_form_is_read_once(visitor):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    # A generator has no length: requests sends each piece as a chunk.
    found = visitor.post("/name", data=iter([b"na", b"me=A", b"da"]), headers=form)
    assert [response.status_code for response in found.history] == [303]
    assert "Hello, Ada." in found.text
    # Bottle decodes chunks where environ names them: this field would be another.
    chunks = b"8\r\nname=Eve\r\n0\r\n\r\n"
    found = visitor.post("/name", data=iter([chunks]), headers=form)
    assert found.status_code == 200
    assert "Eve" not in found.text


def test_cookie_is_of_the_application_alone(visitor):
    response = _introduce(visitor, "Ada", allow_redirects=False)
    assert response.status_code == 303
    assert response.headers["Location"] == visitor.home + "/"
    cookie = response.headers["Set-Cookie"]
    assert "Path=/bottle" in cookie and "httponly" in cookie.lower()


def test_forged_cookie_is_nothing(visitor):
    _introduce(visitor, "Ada")
    (cookie,) = visitor.cookies
    signature, _, message = cookie.value.partition("?")
    visitor.cookies.clear()
    forged = signature[:-3] + "xx=?" + message
    response = visitor.get("/", headers={"Cookie": "name=" + forged})
    assert response.status_code == 200
    assert "Hello" not in response.text


def test_upload_comes_back_whole_by_a_link_beyond_ascii(visitor):
    page = _put(visitor, "Zo\u00eb \u20ac?.bin", BLOB).text
    assert '<a href="/bottle/notes/Zo%C3%AB%20%E2%82%AC%3F.bin">' in page
    response = visitor.get("/notes/Zo%C3%AB%20%E2%82%AC%3F.bin")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.content == BLOB


def test_dictionary_is_json(visitor):
    _put(visitor, "\u00fc.txt", b"three")
    response = visitor.get("/notes.json")
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["\u00fc.txt"] == 5


def test_head_has_the_length_and_no_body(visitor):
    _put(visitor, "short.txt", b"short")
    response = visitor.head("/notes/short.txt")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == "5"


def test_deleted_note_is_gone(visitor):
    _put(visitor, "gone.txt", b"gone")
    response = visitor.delete("/notes/gone.txt")
    assert (response.status_code, response.content) == (204, b"")
    assert visitor.get("/notes/gone.txt").status_code == 404


def test_upload_that_is_none_is_400(visitor):
    assert visitor.post("/notes", data={"note": "text"}).status_code == 400


def test_page_for_404_is_the_application_s(visitor):
    response = visitor.get("/notes/%E6%97%A5")
    assert response.status_code == 404
    assert response.text == "Not on this shelf: There is no such note.\n"
    # By the router: the last part is no number.
    response = visitor.get("/count/%C3%A9")
    assert response.status_code == 404
    assert response.text.startswith("Not on this shelf: Not found: ")


def test_wrong_method_is_405(visitor):
    response = visitor.get("/notes")
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"


def test_exception_is_a_500_without_its_text(visitor):
    # Bottle writes it to wsgi.errors.
    assert_failure_is_logged(visitor)
    assert visitor.get("/share/4").json() == {"part": 0.25}


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count/3")


def test_static_file_is_there_and_not_sent_twice(visitor):
    response = assert_not_sent_twice(visitor, "/static/shelf.css")
    assert response.headers["Content-Type"].startswith("text/css")


def test_part_of_a_static_file_is_206_or_416(visitor):
    assert_sent_in_parts(visitor, "/static/shelf.css")


def test_no_path_leads_out_of_the_static_directory(visitor):
    assert_closed(visitor, "/static", "app.py")


def test_visitors_at_once_have_names_of_their_own(crowd):
    assert_kept_apart(crowd, _introduce, "Hello, %s.")


def test_form_and_upload_in_a_browser(site, browser, tmp_path):
    note = tmp_path / "\u65e5\u672c.txt"
    note.write_text("from a browser")
    site.open("/")
    browser.field("Your name").send_keys("Grace")
    browser.leave_by(browser.button("Introduce yourself"))
    assert browser.text("#greeting") == "Hello, Grace."
    browser.field("A note").send_keys(str(note))
    browser.leave_by(browser.button("Put it there"))
    assert note.name in browser.texts("li")
    assert browser.errors() == []
