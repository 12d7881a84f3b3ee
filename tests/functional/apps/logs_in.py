"""What an application does with isthmus.user: the path names one of WAYS."""

import json


def _who(user):
    return [user.name, user.in_role("member"), user.in_role("other")]


def _type(user):
    return [user.name, user.authentication_type]


def _login(user):
    before = _who(user)
    refused = user.login("alice", "wrong")
    after = _who(user)
    accepted = user.login("alice", "secret")
    again = user.login("alice", "secret")
    return [before, refused, after, accepted, again, _who(user)]


def _logout(user):
    before = user.name
    user.logout()
    return [before, user.name, user.in_role("member"), user.authentication_type]


def _environ(environ):
    """Return REMOTE_USER and AUTH_TYPE, and what they are after logout and login."""
    user = environ["isthmus.user"]
    seen = [environ.get("REMOTE_USER")] if environ["QUERY_STRING"] else []
    user.logout()
    seen += [environ.get("REMOTE_USER"), environ.get("AUTH_TYPE")]
    assert user.login("alice", "secret")
    return seen + [environ.get("REMOTE_USER"), environ.get("AUTH_TYPE")]


def _wrong(user):
    calls = [
        lambda: user.login(object(), "secret"),
        lambda: user.login(None, "secret"),
        lambda: user.login("alice", 271828),
        lambda: user.in_role(1),
        lambda: user.in_role(None),
    ]
    return [_refusal(call) for call in calls]


def _refusal(call):
    try:
        call()
    except TypeError as e:
        return str(e)


WAYS = {"who": _who, "type": _type, "login": _login, "logout": _logout, "wrong": _wrong}


def application(environ, start_response):
    way = environ["PATH_INFO"].rpartition("/")[2]
    if way == "environ":
        answer = _environ(environ)
    else:
        answer = WAYS[way](environ["isthmus.user"])
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode("utf-8")]
