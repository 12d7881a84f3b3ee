"""Identification and Authentication: Basic, passwords, and the container's login."""

import pytest

from guarded import basic, guarded, is_right, who
from isthmus.middleware import passwords
from isthmus.middleware.identification import (
    Authentication,
    Basic,
    make_authentication,
    make_identification,
)
from isthmus.user import User

BASIC = guarded(Basic('the "shop"', is_right))


def test_basic_asks(ask):
    answer = ask(BASIC)
    assert answer.status == "401 Unauthorized"
    challenge = 'Basic realm="the \\"shop\\"", charset="UTF-8"'
    assert answer.headers["WWW-Authenticate"] == challenge


@pytest.mark.parametrize(
    "user, password",
    [(b"alice", b"secret"), ("jos\u00e9".encode(), "p\u00e4:ss".encode())],
)
def test_basic_lets_in(ask, user, password):
    assert ask(BASIC, **basic(user, password)).body == user + b" Basic"


@pytest.mark.parametrize(
    "sent",
    [
        basic(b"alice", b"Secret"),
        basic(b"alice", b""),
        basic(b"bob", b"secret"),
        basic(b"", b""),
        {"HTTP_AUTHORIZATION": "Basic"},
        {"HTTP_AUTHORIZATION": "Basic !"},
        {"HTTP_AUTHORIZATION": "Basic YWxpY2U="},
        {"HTTP_AUTHORIZATION": "Bearer x"},
    ],
)
def test_basic_keeps_out(ask, sent):
    answer = ask(BASIC, **sent)
    assert answer.status == "401 Unauthorized"
    assert b"secret" not in answer.body.lower()


def test_realm_cannot_break_out_of_its_header():
    with pytest.raises(ValueError, match="printable ASCII"):
        Basic("a\r\nSet-Cookie: b", is_right)


# Who may.


def test_server_that_knows_who_it_is_is_believed(ask):
    app = guarded(Basic("shop", is_right), allowed=["carol"])
    answer = ask(app, REMOTE_USER="carol", AUTH_TYPE="FORM", **basic(b"alice", b"x"))
    assert answer.body == b"carol FORM"


def test_somebody_who_may_not_gets_403(ask):
    app = guarded(Basic("shop", is_right), allowed=["carol"])
    assert ask(app, **basic(b"alice", b"secret")).status == "403 Forbidden"


def test_nobody_gets_403_where_there_is_no_way_in(ask):
    assert ask(Authentication(who)).status == "403 Forbidden"


@pytest.mark.parametrize("role, status", [("member", "200 OK"), ("x", "403 Forbidden")])
def test_role_of_the_container_lets_in(ask, role, status):
    user = User(lambda service, asked: (service, asked) == ("user.in_role", "member"))
    app = Authentication(who, role=role)
    assert ask(app, REMOTE_USER="a", isthmus__user=user).status == status
    assert ask(app, REMOTE_USER="a").status == "403 Forbidden"


# Passwords.


def test_hash_has_a_salt_and_holds():
    one, other = (passwords.hashed("p\u00e4ss", 10) for _ in range(2))
    assert one != other and "ss" not in one.partition("$")[2][:3]
    check = passwords.Passwords({"alice": one, "bob": other})
    for _ in range(2):
        assert check("alice", "p\u00e4ss".encode())
        assert not check("alice", b"pass")
        assert not check("carol", b"") and not check("carol", "p\u00e4ss".encode())


@pytest.mark.parametrize("text", ["", "secret", "pbkdf2-sha256$x$YQ==$YQ==", "md5"])
def test_malformed_hash_is_refused_by_its_user_alone(text):
    with pytest.raises(ValueError) as caught:
        passwords.Passwords({"alice": text})
    assert "'alice'" in str(caught.value) and "hash" in str(caught.value)
    assert not text or text not in str(caught.value).replace("'alice'", "")


@pytest.mark.parametrize(
    "one, other, same",
    [(b"", b"", True), (b"a", b"a", True), (b"a", b"b", False), (b"a", b"ab", False)],
)
def test_octets_are_compared(one, other, same):
    assert passwords.equal(one, other) is same


def test_paste_deploy_reads_users_from_a_file(ask, tmp_path):
    file = tmp_path / "users"
    lines = "# who\n\n{0}:{2}\n{1}:{2}\n"
    users = ("alice", "jos\u00e9", passwords.hashed("secret", 10))
    file.write_text(lines.format(*users), encoding="utf-8")
    guard = make_authentication({}, allowed="alice, jos\u00c3\u00a9")
    app = make_identification({}, "shop", str(file))(guard(who))
    for user in (b"alice", "jos\u00e9".encode()):
        assert ask(app, **basic(user, b"secret")).body == user + b" Basic"
    assert ask(app).status == "401 Unauthorized"
