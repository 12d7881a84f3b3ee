"""The paper's five layers of middleware around one application.

Each of them takes an application and is one, so they go together by being called;
``layers.ini`` says the same to Paste Deploy. The user is ``alice``, the password is
``secret``.
"""
from isthmus.middleware.dispatch import Patterns
from isthmus.middleware.errors import Errors as ErrorHandlerMiddleware
from isthmus.middleware.forms import Form
from isthmus.middleware.identification import Authentication, Identification
from isthmus.middleware.passwords import Passwords
from isthmus.middleware.session import Sessions as SessionMiddleware

AuthenticationMiddleware = Authentication

# As ``python -m isthmus.middleware.passwords`` prints it.
PASSWORDS = {
    "alice": "pbkdf2-sha256$600000$Whze7/oXKTtVhHN1FLYxOg==$"
    "coJHBifjb3BbUuupkoYfh+bvmMu2bSKhHgrR+gqD9Ec="
}


def IdentificationMiddleware(app):
    return Identification(app, [Form(Passwords(PASSWORDS))])


def UrlParserMiddleware(app):
    return Patterns([(r"/(?P<year>\d{4})/(?P<title>\w+)", app)], default=app)


def configure(app):
    return ErrorHandlerMiddleware(
        SessionMiddleware(
            IdentificationMiddleware(
                AuthenticationMiddleware(
                    UrlParserMiddleware(app)
                )
            )
        )
    )


def visits(environ, start_response):
    """Greets, counts, and tells what the URL says."""
    if environ["PATH_INFO"] == "/fail":
        raise ValueError("The outermost layer answers for this.")
    session = environ["isthmus.session"]
    session["visits"] = session.get("visits", 0) + 1
    lines = ["Visit %d of %s." % (session["visits"], environ["REMOTE_USER"])]
    _, named = environ.get("wsgiorg.routing_args", ((), {}))
    lines += ["%s: %s" % pair for pair in sorted(named.items())]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["".join(line + "\n" for line in lines).encode("latin-1")]


application = configure(visits)


def make_app(global_conf):
    return visits


def make_identification(global_conf):
    return IdentificationMiddleware


def make_url_parser(global_conf):
    return UrlParserMiddleware
