"""The project of examples/trac: Trac 1.6 on CPython, with the container's login."""

import re

import pytest

from example_project import ExampleProject
from users import PASSWORDS, REALM

BOOT = "examples"
# Jetty looks for the login service by the name. Two workers share the environment.
OPTIONS = ["--name", REALM, "--context-param=isthmus.workers=2"]
WARS = [ExampleProject("trac", options=OPTIONS)]
# Much like other applications of CPython.
pytestmark = pytest.mark.matrix

ALICE = ("alice", PASSWORDS["alice"])


@pytest.fixture
def alice(visitor):
    """A visitor whom the container has logged in, and Trac has given its cookie."""
    found = visitor.get("/login", auth=ALICE)
    assert found.status_code == 200
    assert "logged in as" in found.text
    return visitor


def _send(visitor, path, files=None, **form):
    """Send a form as a page does, with the token that Trac's cookie has."""
    form["__FORM_TOKEN"] = visitor.cookies["trac_form_token"]
    return visitor.post(path, data=form, files=files)


def _ticket(visitor, summary):
    """The path of a new ticket."""
    made = _send(
        visitor, "/newticket", field_summary=summary, submit="1", field_status="new"
    )
    (path,) = re.findall("(/ticket/[0-9]+)$", made.url)
    return path


PROJECT = """
import app
from trac.env import open_environment
from trac.perm import PermissionSystem

env = open_environment(str(app.ENVIRONMENT))
assert not env.needs_upgrade()
assert "TRAC_ADMIN" in PermissionSystem(env).get_user_permissions("alice")
assert env.config.get("logging", "log_level") == "WARNING"
"""


def test_project_is_made_once_by_whoever_starts(first_start):
    first_start.at_once(PROJECT)


def test_project_is_made_anew_if_the_first_start_was_killed(first_start):
    first_start.kill("trac.new/db/trac.db")
    assert not (first_start.data / "trac").exists()
    first_start.at_once(PROJECT)


def test_stranger_reads_and_is_asked_for_a_password(visitor):
    assert "Welcome to Trac" in visitor.get("/wiki").text
    response = visitor.get("/login")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Basic")
    assert visitor.get("/login", auth=("alice", "guessed")).status_code == 401
    assert visitor.get("/newticket").status_code == 403


def test_form_without_its_token_is_refused(alice):
    data = {"field_summary": "forged", "submit": "1"}
    assert alice.post("/newticket", data=data).status_code == 400


def test_redirects_and_cookies_are_of_the_context_path(visitor):
    response = visitor.get("/login", auth=ALICE, allow_redirects=False)
    assert response.status_code == 302
    assert response.headers["Location"] == visitor.home
    assert "Path=" + visitor.path in response.headers["Set-Cookie"]


def test_files_of_trac_are_there(visitor):
    page = visitor.get("/wiki").text
    style = "/chrome/common/css/trac.css"
    assert 'href="%s%s"' % (visitor.path, style) in page
    response = visitor.get(style)
    assert response.headers["Content-Type"].startswith("text/css")
    known = {"If-Modified-Since": response.headers["Last-Modified"]}
    assert visitor.get(style, headers=known).status_code == 304


def test_attachment_comes_back(alice):
    path = _ticket(alice, "See the picture")
    octets = bytes(range(256)) * 1000
    _send(
        alice,
        "/attachment" + path + "/?action=new",
        files={"attachment": ("Zo\u00eb.bin", octets)},
        action="new",
        realm="ticket",
        id=path.rpartition("/")[2],
    )
    found = alice.get("/raw-attachment" + path + "/Zo%C3%AB.bin")
    assert found.content == octets


def test_both_workers_know_every_ticket(alice, crowd):
    path = _ticket(alice, "Zo\u00eb's \u65e5\u672c\u8a9e")

    def visit(visitor, number):
        assert "Zo\u00eb&#39;s \u65e5\u672c\u8a9e" in visitor.get(path).text

    crowd(visit)
    assert "Zo\u00eb" in alice.get("/search", params={"q": "\u65e5\u672c\u8a9e"}).text


def test_wiki_and_tickets_are_written_in_a_browser(site, browser):
    # As a person who has given name and password.
    browser.open(site.url("/login").replace("://", "://%s:%s@" % ALICE))
    assert "logged in as alice" in browser.text("#metanav")
    site.open("/wiki/Zo\u00eb?action=edit")
    browser.one("#text").send_keys("= The bees\n\nThey ''hum'', \u65e5\u672c.")
    browser.leave_by(browser.one("input[name=save]"))
    assert browser.text("#wikipage h1") == "The bees"
    assert browser.text("#wikipage em") == "hum"

    site.open("/newticket")
    browser.one("#field-summary").send_keys("A bee is lost")
    browser.one("#field-description").send_keys("See wiki:Zo\u00eb.")
    browser.leave_by(browser.one("#propertyform input[name=submit]"))
    assert "A bee is lost" in browser.text("#ticket h1")
    browser.one("#comment").send_keys("It is back.")
    browser.leave_by(browser.one("#propertyform input[name=submit]"))
    assert "It is back." in browser.text("#changelog")
    assert "alice" in browser.text("#changelog")
    browser.leave_by(browser.link("wiki:Zo\u00eb"))
    assert browser.text("#wikipage h1") == "The bees"
    assert browser.errors() == []
