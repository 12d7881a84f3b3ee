"""isthmus.sessions.cherrypy: the sessions of CherryPy 3.8 in the container's."""

import pytest

from example_project import ExampleProject
from paths import HERE
from visitor import (
    Site,
    Visitor,
    assert_login_changes_the_identifier_alone,
    assert_logout_ends_the_session,
)

BOOT = "examples"
PATH = "/cherrypy38-sessions"
SITE = HERE / "sites" / "frameworks"
# CherryPy as the project has it, with another application.
FILES = {
    "app": "cherrypy38_app",
    "cherrypy_app": "cherrypy_app",
    "elsewhere": "elsewhere",
}
WARS = [
    ExampleProject(
        "cherrypy",
        PATH,
        options=["-r", "older/requirements.txt"],
        files={
            "WEB-INF/app/%s.py" % name: (SITE / (source + ".py")).read_text("utf-8")
            for name, source in FILES.items()
        },
        probe="/look",
    )
]
# What sessions share with those of others is in test_framework_sessions.
pytestmark = pytest.mark.matrix


@pytest.fixture
def client(server):
    return Visitor(Site(server, PATH))


def test_session_is_the_containers(client):
    assert client.json("/look") == {}
    assert client.cookie is None
    assert client.json("/count") == 1
    assert client.cookie.startswith("JSESSIONID=")
    assert [client.json("/count"), client.json("/look")] == [2, {"n": 2}]


def test_change_in_place_is_written(client):
    assert [client.json("/change"), client.json("/change")] == [[1], [1, 1]]
    assert client.json("/look") == {"cart": [1, 1]}


def test_login_changes_the_identifier_alone(client):
    assert_login_changes_the_identifier_alone(client)


def test_logout_ends_the_session(client):
    assert_logout_ends_the_session(client)


def test_no_cookie_is_cherrypys(client):
    assert client.get("/redirect").all("Set-Cookie") == []


def test_elsewhere_cherrypys_own_session_is_used(client):
    assert client.json("/count?elsewhere") == 1
    assert client.cookie.startswith("session_id=")
