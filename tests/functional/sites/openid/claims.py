"""Who has logged in by OpenID Connect, and what the provider says of the user."""

import json

# begin: claims
CLAIMS = "org.eclipse.jetty.security.openid.claims"


def email(environ):
    return environ["isthmus.session"][CLAIMS].get("email")
# end: claims


def _who(environ):
    user = environ["isthmus.user"]
    return [user.name, environ.get("REMOTE_USER"), environ.get("AUTH_TYPE")]


def _logout(environ):
    environ["isthmus.user"].logout()
    environ["isthmus.session"].invalidate()


def _claims(environ):
    return environ["isthmus.session"][CLAIMS]


def _refused(environ):
    return environ["QUERY_STRING"]


WAYS = {
    "who": _who,
    "refused": _refused,
    "email": email,
    "claims": _claims,
    "logout": _logout,
}


def application(environ, start_response):
    way = environ["PATH_INFO"].rpartition("/")[2]
    answer = WAYS[way](environ)
    status = "403 Forbidden" if way == "refused" else "200 OK"
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(answer).encode("ascii")]
