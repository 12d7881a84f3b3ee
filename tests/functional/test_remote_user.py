"""REMOTE_USER, AUTH_TYPE and isthmus.user: from the container's login alone."""

import base64

import client
import everywhere
from users import PASSWORDS

WARS = [everywhere.WAR]
FORGED = [
    ("Remote-User", "root"),
    ("Remote_User", "root"),
    ("Auth-Type", "CLIENT_CERT"),
    ("Auth_Type", "CLIENT_CERT"),
]
TOKEN = base64.b64encode(("alice:" + PASSWORDS["alice"]).encode()).decode()
LOGIN = [("Authorization", "Basic " + TOKEN)]


def _get(server, path, headers):
    return client.fetch(server.address, "GET", everywhere.PATH + path, headers)


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


def test_user_is_known_with_roles(server):
    who = _get(server, "/in/user/who", LOGIN).json()
    assert who == ["alice", True, False]
    assert _get(server, "/in/user/type", LOGIN).json() == ["alice", "BASIC"]
    assert _get(server, "/user/who", FORGED).json() == [None, False, False]


def test_application_logs_in(server):
    nobody, alice = [None, False, False], ["alice", True, False]
    found = _get(server, "/user/login", []).json()
    assert found == [nobody, False, nobody, True, False, alice]


def test_what_is_no_text_is_refused_without_a_password_in_the_message(server):
    messages = _get(server, "/user/wrong", []).json()
    refused = [("login", "object"), ("login", "NoneType"), ("login", "int")]
    refused += [("in_role", "int"), ("in_role", "NoneType")]
    for message, (name, kind) in zip(messages, refused):
        assert message.startswith("IS0519: ")
        assert "isthmus.user." + name in message
        assert "of type " + kind in message
        assert "271828" not in message
    assert len(messages) == len(refused)


def test_environ_has_the_user_of_the_beginning(server):
    """On Jython, a key is looked up when it is read first."""
    alice = ["alice", "BASIC"] * 2
    assert _get(server, "/in/user/environ", LOGIN).json() == alice
    assert _get(server, "/in/user/environ?read", LOGIN).json() == ["alice", *alice]
    assert _get(server, "/user/environ", []).json() == [None] * 4
    assert _get(server, "/user/environ?read", []).json() == [None] * 5


def test_application_logs_out(server):
    found = _get(server, "/in/user/logout", LOGIN).json()
    assert found == ["alice", None, False, None]
