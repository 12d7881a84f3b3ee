"""Django's RemoteUserMiddleware: its users are those of the container's login."""

import base64

import pytest

from frameworks import Frameworks
from paths import HERE
from users import PASSWORDS, ROLE
from visitor import Site, Visitor
from webxml import Servlet, WebXml

WARS = [
    Frameworks(
        "/django-login",
        WebXml(
            servlets=[Servlet("app", ["/*"], {"isthmus.app": "members:application"})],
            members={"/in/*": ROLE},
        ),
        files={"WEB-INF/app": HERE / "sites" / "django-login"},
        probe="/who",
    )
]
TOKEN = base64.b64encode(("alice:" + PASSWORDS["alice"]).encode()).decode()
LOGIN = [("Authorization", "Basic " + TOKEN)]


@pytest.fixture
def site(server):
    return Site(server, "/django-login")


def test_user_of_the_container_is_django_s(site):
    visitor = Visitor(site, LOGIN)
    for _ in range(2):
        # Django has logged the user in, in the container's session.
        assert visitor.json("/in/who") == ["alice", True]
        assert "_auth_user_id" in visitor.json("/in/keys")


def test_field_of_a_client_is_nobody(site):
    visitor = Visitor(site, [("Remote-User", "alice"), ("Remote_User", "alice")])
    assert visitor.json("/who") == ["", False]
    assert visitor.get("/in/who").status == 401
