"""Django, Flask-Login and isthmus.middleware: their users are the container's."""

import base64

import pytest

import frameworks
from paths import HERE
from test_databases import DRIVERS
from users import PASSWORDS, ROLE
from visitor import Site, Visitor
from webxml import Servlet, WebXml

PATH = "/framework-logins"
NAMES = ("django", "flask", "guarded")
WARS = [
    frameworks.Frameworks(
        PATH,
        WebXml(
            servlets=[
                Servlet(
                    name,
                    ["/%s/*" % name],
                    {"isthmus.app": name + "_members:application"},
                )
                for name in NAMES
            ],
            members={"/%s/in/*" % name: ROLE for name in NAMES},
        ),
        files={
            "WEB-INF/app": HERE / "sites" / "framework-logins",
            # Django's users are in SQLite: of Python, or on Jython by JDBC.
            "WEB-INF/lib": DRIVERS,
        },
        libraries=frameworks.LOGINS,
        # Django makes it at the start.
        edited={"WEB-INF/app/users.db"},
        probe="/flask/who",
    )
]
TOKEN = base64.b64encode(("alice:" + PASSWORDS["alice"]).encode()).decode()
LOGIN = [("Authorization", "Basic " + TOKEN)]


FORGED = [("Remote-User", "alice"), ("Remote_User", "alice")]


@pytest.fixture
def django(server):
    return Site(server, PATH + "/django")


@pytest.fixture
def flask(server):
    return Site(server, PATH + "/flask")


def test_user_of_the_container_is_django_s(django):
    visitor = Visitor(django, LOGIN)
    for _ in range(2):
        # Django has logged the user in, in the container's session.
        assert visitor.json("/in/who") == ["alice", True]
        assert "_auth_user_id" in visitor.json("/in/keys")


def test_field_of_a_client_is_nobody_to_django(django):
    visitor = Visitor(django, FORGED)
    assert visitor.json("/who") == ["", False]
    assert visitor.get("/in/who").status == 401


def test_user_of_the_container_is_flask_login_s(flask):
    visitor = Visitor(flask, LOGIN)
    assert visitor.json("/in/who") == ["alice", True]
    assert visitor.json("/in/required") is True


def test_field_of_a_client_is_nobody_to_flask_login(flask):
    visitor = Visitor(flask, FORGED)
    assert visitor.json("/who") == [None, False]
    assert visitor.get("/required").status == 401


@pytest.fixture
def guarded(server):
    return Site(server, PATH + "/guarded")


@pytest.mark.parametrize("way", ["any", "named", "role"])
def test_middleware_admits_the_user_of_the_container(guarded, way):
    assert Visitor(guarded, LOGIN).json("/in/" + way) == ["alice", "BASIC"]


def test_middleware_refuses_a_user_without_the_role(guarded):
    assert Visitor(guarded, LOGIN).get("/in/other").status == 403


def test_field_of_a_client_is_nobody_to_the_middleware(guarded):
    assert Visitor(guarded, FORGED).get("/open").status == 403
