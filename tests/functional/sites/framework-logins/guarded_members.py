"""isthmus.middleware's Authentication that takes the users of the container's login."""

import json

from isthmus.middleware.dispatch import Prefixes
from isthmus.middleware.identification import Authentication, Identification


def who(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    found = [environ[key] for key in ("REMOTE_USER", "AUTH_TYPE")]
    return [json.dumps(found).encode("ascii")]


def guarded(**options):
    return Identification(Authentication(who, **options), [])


application = Prefixes(
    {
        "/in/any": guarded(),
        "/in/named": guarded(allowed=["alice"]),
        "/in/role": guarded(role="member"),
        "/in/other": guarded(allowed=["bob"], role="none"),
        "/open": guarded(),
    }
)
