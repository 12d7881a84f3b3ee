"""Pages behind the container's FORM login, and the page that has the form."""

import json

FORM = u"""<!DOCTYPE html>
<title>%s</title>
<form action="%s/j_security_check" method="post">
<input name="j_username"><input name="j_password" type="password">
</form>
"""


def _who(environ):
    user, session = environ["isthmus.user"], environ["isthmus.session"]
    session["visits"] = session.get("visits", 0) + 1
    return {
        "user": [user.name, user.authentication_type],
        "roles": [user.in_role("member"), user.in_role("other")],
        "environ": [environ.get("REMOTE_USER"), environ.get("AUTH_TYPE")],
        "visits": session["visits"],
    }


def _enter(environ):
    """Log in without the container's form: the query has name and password."""
    name, _, password = environ["QUERY_STRING"].partition(":")
    environ["isthmus.session"].setdefault("visits", 0)
    environ["isthmus.session"].rotate()
    return environ["isthmus.user"].login(name, password)


def _logout(environ):
    environ["isthmus.user"].logout()
    environ["isthmus.session"].invalidate()


WAYS = {"who": _who, "enter": _enter, "logout": _logout}


def application(environ, start_response):
    way = environ["PATH_INFO"].rpartition("/")[2]
    if way in WAYS:
        text, kind = json.dumps(WAYS[way](environ)), "application/json"
    else:
        text, kind = FORM % (way, environ["SCRIPT_NAME"]), "text/html; charset=utf-8"
    start_response("200 OK", [("Content-Type", kind)])
    return [text.encode("utf-8")]
