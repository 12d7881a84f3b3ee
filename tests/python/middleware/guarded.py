"""An application that says who its user is, guarded by ways to identify users."""

import base64

from isthmus.middleware.digest import secret_of
from isthmus.middleware.identification import Authentication, Identification

TEXT = [("Content-Type", "text/plain")]
USERS = {"alice": "secret", "jos\u00c3\u00a9": "p\u00e4:ss"}


def is_right(user, password):
    return user in USERS and USERS[user].encode() == password


def who(environ, start_response):
    start_response("200 OK", list(TEXT))
    text = "%s %s" % (environ.get("REMOTE_USER"), environ.get("AUTH_TYPE"))
    return [text.encode("latin-1")]


def guarded(*ways, **options):
    return Identification(Authentication(who, **options), ways)


def basic(user, password):
    token = base64.b64encode(b"%s:%s" % (user, password)).decode()
    return {"HTTP_AUTHORIZATION": "Basic " + token}


def secret(algorithm, user):
    if user not in USERS:
        return None
    return secret_of(algorithm, user, "shop", USERS[user])
