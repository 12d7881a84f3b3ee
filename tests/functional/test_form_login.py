"""The container's FORM login before an application, which sends the form itself."""

import urllib.parse

import pytest

from paths import HERE
from visitor import Site, Visitor, sign_in
from wars import War
from webxml import Servlet, WebXml

SERVICES = HERE / "sites" / "services"
# As docs/login.md has them.
LOGIN = "".join(
    (SERVICES / name).read_text() for name in ("session-config.xml", "form-login.xml")
)
PREFIX = "/form-login"
WARS = [
    War(
        PREFIX,
        WebXml(
            servlets=[Servlet("app", ["/*"], {"isthmus.app": "signs_in:application"})],
            extra=LOGIN,
        ),
        files={"WEB-INF/app/signs_in.py": HERE / "apps" / "signs_in.py"},
        probe="/who",
    )
]


@pytest.fixture
def visitor(server):
    return Visitor(Site(server, PREFIX))


def _followed(visitor, response):
    """The response that it leads to: Tomcat forwards where Jetty redirects."""
    if response.status in (302, 303):
        path = urllib.parse.urlsplit(response.header("Location")).path
        assert path.startswith(PREFIX + "/")
        return visitor.get(path[len(PREFIX) :])
    return response


def _page(visitor, response):
    """The title of the page with the form, which Python has made."""
    text = _followed(visitor, response).body.decode()
    assert 'action="/form-login/j_security_check"' in text
    return text.partition("<title>")[2].partition("<")[0]


def test_form_logs_in_and_the_application_logs_out(visitor):
    assert _page(visitor, visitor.get("/in/who")) == "login"
    assert _page(visitor, sign_in(visitor, "wrong")) == "wrong"
    assert _page(visitor, visitor.get("/in/who")) == "login"
    before = visitor.cookie
    done = sign_in(visitor)
    assert done.status in (302, 303)
    # Against session fixation, the containers give the session another identifier.
    assert visitor.cookie != before
    assert _followed(visitor, done).json() == {
        "user": ["alice", "FORM"],
        "roles": [True, False],
        "environ": ["alice", "FORM"],
        "visits": 1,
    }
    assert visitor.json("/in/who")["visits"] == 2
    known = visitor.cookie
    visitor.get("/in/logout")
    visitor.cookie = known
    assert _page(visitor, visitor.get("/in/who")) == "login"


def test_login_is_kept_by_its_session_outside_of_the_constraint(visitor):
    assert visitor.json("/who")["user"] == [None, None]
    assert visitor.json("/who")["visits"] == 2
    visitor.get("/in/who")
    _followed(visitor, sign_in(visitor))
    found = visitor.json("/who")
    assert (found["user"][0], found["visits"]) == ("alice", 4)


def test_cookie_is_as_strict_as_web_xml_says(visitor):
    (cookie,) = visitor.get("/who").all("Set-Cookie")
    assert {"HttpOnly", "Secure", "Path=" + PREFIX} <= set(cookie.split("; "))
