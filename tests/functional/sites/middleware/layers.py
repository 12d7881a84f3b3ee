"""The middleware of isthmus.middleware around small applications, on Jython."""
import os

from isthmus.middleware.compression import Compression
from isthmus.middleware.digest import Digest, secret_of
from isthmus.middleware.dispatch import Patterns, Prefixes
from isthmus.middleware.errors import Errors
from isthmus.middleware.forms import Form
from isthmus.middleware.identification import Authentication, Basic, Identification
from isthmus.middleware.passwords import Passwords, hashed
from isthmus.middleware.session import Memory, Sessions
from isthmus.middleware.static import Static

HERE = os.path.dirname(os.path.abspath(__file__))
TEXT = [("Content-Type", "text/plain")]
# Two users, one of them beyond ASCII: of the octets that come over the wire.
USERS = {
    "alice": hashed("secret", 1000),
    "jos\xc3\xa9": hashed("p\xc3\xa4ss", 1000),
}
check = Passwords(USERS)


def who(environ, start_response):
    start_response("200 OK", list(TEXT))
    return ["%s %s" % (environ.get("REMOTE_USER"), environ.get("AUTH_TYPE"))]


def visits(environ, start_response):
    session = environ["isthmus.session"]
    session["visits"] = session.get("visits", 0) + 1
    session[u"\xe9"] = [u"\u65e5", {"x": None}]
    if environ["PATH_INFO"].endswith("/renew"):
        session.renew()
    if environ["PATH_INFO"].endswith("/end"):
        session.end()
    start_response("200 OK", list(TEXT))
    return ["%d %r" % (session.get("visits", 0), session.get(u"\xe9"))]


def blocks(environ, start_response):
    start_response("200 OK", list(TEXT))
    for number in range(3):
        yield "block %d " % number


def written(environ, start_response):
    write = start_response("200 OK", list(TEXT))
    write("written ")
    return ["returned"]


def failing(environ, start_response):
    if environ["PATH_INFO"] == "/java":
        from java.lang import IllegalStateException

        raise IllegalStateException("told to fail in Java")
    raise ValueError("told to f\xc3\xa9il")


def routed(environ, start_response):
    start_response("200 OK", list(TEXT))
    args = environ["wsgiorg.routing_args"]
    return ["%s|%s %r" % (environ["SCRIPT_NAME"], environ["PATH_INFO"], args)]


def secret(algorithm, user):
    known = {"alice": "secret"}
    return secret_of(algorithm, user, "shop", known[user]) if user in known else None


def guarded(way, **options):
    return Identification(Authentication(who, **options), [way])


application = Errors(
    Compression(
        Prefixes(
            {
                "/basic": guarded(Basic("shop", check)),
                "/digest": guarded(Digest("shop", secret, ["SHA-256", "MD5"])),
                "/form": Sessions(guarded(Form(check))),
                "/members": guarded(Basic("none", check), role="member"),
                "/others": guarded(Basic("none", check), role="other"),
                "/visits": Sessions(visits),
                "/cookie": Sessions(visits, Memory()),
                "/blocks": blocks,
                "/written": written,
                "/failing": failing,
                "/static": Static(os.path.join(HERE, "static"), max_age=60),
                "/routed": Patterns([(r"/(?P<y>\d{4})/(\w+)", routed)]),
                u"/caf\xe9": who,
            }
        )
    ),
    debug=True,
)
