"""Beaker, repoze.who and WebTest's lint of examples/beaker-who, over HTTP.

The lint is outermost: it fails each request and response that is not PEP 3333's.
"""

import re

import pytest

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("beaker-who")]

ALICE = ("alice", "only an example")
KINDS = ["memory", "file", "dbm", "cookie"]


def _log_in(visitor, name, password):
    return visitor.post("/login", data={"login": name, "password": password})


@pytest.mark.parametrize("kind", KINDS)
def test_session_is_kept(visitor, kind):
    path = "/" + kind
    assert "You were here 0 times." in visitor.get(path).text
    for times in (1, 2):
        assert "You were here %d times." % times in visitor.post(path).text
    assert "You were here 2 times." in visitor.get(path).text
    (cookie,) = visitor.cookies
    assert (cookie.name, cookie.path) == ("visits-" + kind, visitor.path + path)
    assert cookie.has_nonstandard_attr("httponly")
    visitor.cookies.clear()
    assert "You were here 0 times." in visitor.get(path).text


@pytest.mark.parametrize("kind", KINDS)
def test_forged_cookie_is_nothing(visitor, kind):
    visitor.post("/" + kind)
    (cookie,) = visitor.cookies
    visitor.cookies.clear()
    first = "b" if cookie.value[0] != "b" else "c"
    forged = {"Cookie": "%s=%s" % (cookie.name, first + cookie.value[1:])}
    assert "You were here 0 times." in visitor.get("/" + kind, headers=forged).text


def test_cookie_is_encrypted(visitor):
    visitor.post("/cookie")
    values = [cookie.value for cookie in visitor.cookies]
    visitor.cookies.clear()
    visitor.post("/cookie")
    # The same content, under another nonce.
    assert values != [cookie.value for cookie in visitor.cookies]


def test_value_is_made_once_and_cached(visitor):
    pages = [visitor.get("/", params={"name": n}).text for n in ("a", "b", "a")]
    assert pages[0] == pages[2] and pages[0] != pages[1]
    assert re.search(r"Hello, a, for the \d+\. time made\.", pages[0])
    assert "Hello, &lt;Zo\u00eb&gt;," in visitor.get("/?name=%3CZo%C3%AB%3E").text


def test_stranger_is_challenged(visitor):
    response = visitor.get("/members")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Basic realm="members"'
    assert visitor.get("/members", auth=("alice", "wrong")).status_code == 401
    assert visitor.get("/members", auth=("bob", ALICE[1])).status_code == 401


def test_basic_is_checked_by_htpasswd(visitor):
    response = visitor.get("/members", auth=ALICE)
    assert response.status_code == 200
    assert "Hello, alice." in response.text


def test_ticket_is_a_cookie(visitor):
    assert "Wrong name or password." in _log_in(visitor, "alice", "wrong").text
    assert visitor.get("/members").status_code == 401
    assert "You are known." in _log_in(visitor, *ALICE).text
    assert "Hello, alice." in visitor.get("/members").text


def test_forged_ticket_is_nothing(visitor):
    _log_in(visitor, *ALICE)
    ticket = next(c.value for c in visitor.cookies if c.name == "ticket").strip('"')
    visitor.cookies.clear()
    right = {"Cookie": 'ticket="%s"' % ticket}
    assert visitor.get("/members", headers=right).status_code == 200
    forged = {"Cookie": 'ticket="%s"' % ticket.replace("alice", "admin")}
    assert visitor.get("/members", headers=forged).status_code == 401


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_lint_has_no_objection(visitor, method, server):
    mark = server.log.mark()
    data = {"login": "x", "password": "y"} if method == "POST" else None
    response = visitor.request(method, "/login", data=data)
    assert response.status_code == 200
    texts = [text for _, text in server.log.records(mark)]
    assert not [text for text in texts if "AssertionError" in text or "Lint" in text]


def test_forms_are_filled_in_in_a_browser(site, browser):
    site.open("/login")
    browser.field("Name").send_keys(ALICE[0])
    browser.field("Password").send_keys(ALICE[1])
    browser.leave_by(browser.button("Log in"))
    assert browser.text("#text") == "You are known."
    site.open("/members")
    assert browser.text("#text") == "Hello, alice."
    site.open("/file")
    browser.leave_by(browser.button("Come again"))
    assert browser.text("#text") == "You were here 1 times."
    assert browser.errors() == []
