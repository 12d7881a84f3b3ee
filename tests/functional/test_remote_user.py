"""REMOTE_USER and AUTH_TYPE: from the container's login, and from nowhere else."""

import base64

import client
from paths import HERE
from users import PASSWORDS, ROLE
from wars import War
from webxml import Servlet, WebXml

WARS = [
    War(
        "/remote-user",
        WebXml(
            servlets=[
                Servlet("environ", ["/*"], {"isthmus.app": "environ:application"})
            ],
            members={"/in/*": ROLE},
        ),
        files={"WEB-INF/app/environ.py": HERE / "apps" / "environ.py"},
        probe="/",
    )
]
FORGED = [
    ("Remote-User", "root"),
    ("Remote_User", "root"),
    ("Auth-Type", "CLIENT_CERT"),
    ("Auth_Type", "CLIENT_CERT"),
]
TOKEN = base64.b64encode(("alice:" + PASSWORDS["alice"]).encode()).decode()
LOGIN = [("Authorization", "Basic " + TOKEN)]


def _get(server, path, headers):
    return client.fetch(server.address, "GET", "/remote-user" + path, headers)


def _who(response):
    strings = response.json()["strings"]
    return strings.get("REMOTE_USER"), strings.get("AUTH_TYPE")


def test_login_of_the_container_is_the_remote_user(server):
    assert _who(_get(server, "/in/", LOGIN)) == ("alice", "BASIC")


def test_fields_do_not_change_who_has_logged_in(server):
    assert _who(_get(server, "/in/", LOGIN + FORGED)) == ("alice", "BASIC")


def test_fields_log_nobody_in(server):
    assert _get(server, "/in/", FORGED).status == 401
    assert _who(_get(server, "/out/", FORGED)) == (None, None)
