"""A client that keeps its cookies, as browsers do."""

import urllib.parse

import client
from users import PASSWORDS

FORM = [("Content-Type", "application/x-www-form-urlencoded")]


class Site:
    """A web application, or a part of it, as a Visitor asks it.

    :param prefix: what all its paths begin with.
    """

    def __init__(self, server, prefix):
        self._server = server
        self._prefix = prefix

    def request(self, method, rest, headers, body):
        target = self._prefix + rest
        return client.fetch(self._server.address, method, target, headers, body)


class Visitor:
    """Requests to one app, with the session's cookie of the last answer.

    :ivar cookie: ``name=value``, or None.
    """

    def __init__(self, mounted, headers=()):
        self._mounted = mounted
        self._headers = list(headers)
        self.cookie = None

    def get(self, rest):
        return self.request("GET", rest)

    def json(self, rest):
        response = self.get(rest)
        assert response.status == 200, response
        return response.json()

    def request(self, method, rest, body=None, headers=()):
        fields = [("Cookie", self.cookie)] if self.cookie else []
        fields += [*self._headers, *headers]
        response = self._mounted.request(method, rest, fields, body)
        for field in response.all("Set-Cookie"):
            self.cookie = field.partition(";")[0]
        return response


def sign_in(visitor, password=PASSWORDS["alice"]):
    """The answer to the form of the container's FORM login, filled in by alice."""
    fields = {"j_username": "alice", "j_password": password}
    body = urllib.parse.urlencode(fields).encode()
    return visitor.request("POST", "/j_security_check", body, FORM)


def assert_login_changes_the_identifier_alone(visitor):
    """/login of an app rotates the session, which /count and /look show."""
    visitor.get("/count")
    old = visitor.cookie
    visitor.get("/login")
    assert visitor.cookie != old
    assert visitor.json("/look") == {"n": 1, "user": "jos\u00e9"}
    visitor.cookie = old
    assert visitor.json("/look") == {}


def assert_logout_ends_the_session(visitor):
    """/logout of an app ends the session: one without keys would keep its cookie."""
    visitor.get("/login")
    old = visitor.cookie
    visitor.get("/logout")
    visitor.cookie = old
    assert visitor.json("/count") == 1
    assert visitor.cookie != old
