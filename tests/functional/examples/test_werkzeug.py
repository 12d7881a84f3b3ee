"""The short names of examples/werkzeug: what it does with Werkzeug, over HTTP."""

import pytest

from alike import assert_failure_is_logged, assert_kept_apart, assert_not_sent_twice
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("werkzeug")]
# Flask, which is in `mvn verify`, stands on Werkzeug.
pytestmark = pytest.mark.matrix

LINK = "http://127.0.0.1/"


def _name(visitor, name, link=LINK, **more):
    return visitor.post("/", data={"name": name, "link": link}, **more)


def test_name_leads_to_its_link_beyond_ascii(visitor):
    found = _name(visitor, "Zo\u00eb <\u20ac>")
    assert found.url == visitor.home + "/"
    assert [response.status_code for response in found.history] == [303]
    link = 'href="/werkzeug/to/Zo%C3%AB%20%3C%E2%82%AC%3E">Zo\u00eb &lt;\u20ac&gt;</a>'
    assert link in found.text
    response = visitor.get("/to/Zo%C3%AB%20%3C%E2%82%AC%3E", allow_redirects=False)
    assert (response.status_code, response.headers["Location"]) == (302, LINK)


def test_cookie_is_of_the_application_alone(visitor):
    response = _name(visitor, "Zo\u00eb", allow_redirects=False)
    cookie = response.headers["Set-Cookie"]
    assert "Path=/werkzeug" in cookie and "HttpOnly" in cookie
    assert "The last one was Zo\u00eb." in visitor.get("/").text


def test_http_exceptions_are_responses(visitor):
    response = visitor.get("/to/%E6%97%A5")
    assert response.status_code == 404
    assert "Nothing is called \u65e5." in response.text
    assert visitor.get("/nowhere").status_code == 404
    assert visitor.post("/import").status_code == 400
    response = visitor.get("/import")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_upload_arrives_whole_and_is_streamed_back(visitor):
    # Beyond 500 kB Werkzeug takes it to a temporary file.
    link = LINK + "?" + "x" * 5000
    lines = "".join("Zo\u00eb-%03d %s\n" % (n, link) for n in range(200))
    files = {"file": ("\u00fcber.txt", lines.encode(), "text/plain")}
    assert visitor.post("/import", files=files).text == "200\n"
    response = visitor.get("/links.txt")
    assert lines in response.text
    assert response.headers["Transfer-Encoding"] == "chunked"


def test_shared_data_is_there_and_not_sent_twice(visitor):
    response = assert_not_sent_twice(visitor, "/static/links.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert visitor.get("/static/none.css").status_code == 404
    # Werkzeug 1.0 fails where it would refuse.
    assert visitor.climb("/static", "app.py") <= {400, 403, 404, 500}


def test_dispatcher_leads_to_the_test_application(visitor):
    server = visitor.server
    mark = server.log.mark()
    page = visitor.get("/environment/%C3%A9?x=1").text
    if server.name == "jetty-ee8" and server.engine.name == "jython":
        # Its response, which environ has, shows its status in the JVM's digits: Arabic
        # ones here, where this Werkzeug expects ASCII of repr().
        server.log.wait_for("UnicodeDecodeError: 'ascii' codec can't decode byte", mark)
        return
    assert "<title>WSGI Information</title>" in page
    # API version, as isthmus.compat.sys says.
    assert "<td>1013" in page
    assert "/werkzeug/environment" in page


def test_exception_is_a_500_and_there_is_no_debugger(visitor):
    assert "debugger" not in assert_failure_is_logged(visitor).text
    assert visitor.get("/share/4").text == "0.25\n"
    resource = "/?__debugger__=yes&cmd=resource&f=debugger.js"
    assert "<h1>Short names</h1>" in visitor.get(resource).text


def test_visitors_at_once_have_names_of_their_own(crowd):
    assert_kept_apart(crowd, _name, "The last one was %s.")


def test_form_is_filled_in_in_a_browser(site, browser):
    site.open("/")
    browser.field("Name").send_keys("here")
    browser.field("Link").send_keys(site.url("/"))
    browser.leave_by(browser.button("Shorten"))
    assert browser.text("#greeting") == "The last one was here."
    browser.leave_by(browser.link("here"))
    assert browser.text("h1") == "Short names"
    assert browser.errors() == []
