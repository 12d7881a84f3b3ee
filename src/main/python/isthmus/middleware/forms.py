"""A login form, with the login remembered in the session."""

from __future__ import absolute_import

from isthmus.middleware import passing, session
from isthmus.middleware.identification import Identification
from isthmus.middleware.passwords import of_file

try:
    from html import escape
    from urllib.parse import parse_qs, quote
except ImportError:  # Python 2
    from cgi import escape as _escape
    from urllib import quote

    from urlparse import parse_qs

    def escape(text):
        return _escape(text, quote=True)


USER = "isthmus.user"
_MAX_BODY = 10000


class Form(object):
    """Identifies users by a form for name and password, below the application.

    It remembers the user in ``environ["isthmus.session"]``: on servers other than
    Isthmus, Sessions must wrap Identification. The session gets a new identifier at the
    login. A form sent from another site is refused, by its Origin; the login leads to
    the page that was requested, on this site only.

    :param is_right: as for Basic.
    :param path: the PATH_INFO of the form; one with ``/logout`` in place of its last
        segment ends the login, when it is sent by POST.
    :param page: a template with ``{action}``, ``{next}`` and ``{message}``; their
        values are escaped already.
    """

    name = "Form"

    def __init__(self, is_right, path="/login", page=None):
        self.is_right = is_right
        self.path = path
        self.template = PAGE if page is None else page
        self.logout = path.rpartition("/")[0] + "/logout"

    def identify(self, environ):
        user = _session(environ).get(USER)
        if user is None:
            return None
        # JSON has turned it into text, one character for each octet.
        return user if isinstance(user, str) else user.encode("latin-1")

    def is_asked(self, environ):
        return environ.get("PATH_INFO", "") in (self.path, self.logout)

    def challenge(self, environ):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return []
        here = quote(_octets(environ.get("SCRIPT_NAME", "")))
        wanted = here + quote(_octets(environ.get("PATH_INFO", "")))
        if environ.get("QUERY_STRING"):
            wanted += "?" + environ["QUERY_STRING"]
        target = "%s%s?next=%s" % (here, self.path, quote(wanted, safe=""))
        return _redirect(target)

    def page(self, environ, start_response):
        is_sent = environ["REQUEST_METHOD"] == "POST"
        if is_sent and _is_foreign(environ):
            return passing.plain(environ, start_response, "403 Forbidden")
        if environ.get("PATH_INFO") == self.logout:
            if not is_sent:
                allow = [("Allow", "POST")]
                status = "405 Method Not Allowed"
                return passing.plain(environ, start_response, status, allow)
            _session(environ).invalidate()
            here = quote(_octets(environ.get("SCRIPT_NAME", ""))) or "/"
            return _redirect(here)(environ, start_response)
        if not is_sent:
            fields = parse_qs(environ.get("QUERY_STRING", ""))
            wanted = fields.get("next", [""])[0]
            return self._show(environ, start_response, "200 OK", wanted)
        return self._log_in(environ, start_response)

    def _log_in(self, environ, start_response):
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > _MAX_BODY:
            return passing.plain(environ, start_response, "413 Content Too Large")
        body = environ["wsgi.input"].read(int(length))
        fields = parse_qs(body.decode("latin-1"), encoding="latin-1") if _IS_3 else {}
        fields = fields or parse_qs(body)
        user, password, wanted = (
            fields.get(name, [""])[0] for name in ("user", "password", "next")
        )
        if not self.is_right(user, _octets(password)):
            status = "401 Unauthorized"
            return self._show(environ, start_response, status, wanted, WRONG)
        visit = _session(environ)
        visit.rotate()
        visit[USER] = user if _IS_3 else user.decode("latin-1")
        here = quote(_octets(environ.get("SCRIPT_NAME", ""))) or "/"
        target = wanted if _is_of_this_site(wanted) else here
        return _redirect(target)(environ, start_response)

    def _show(self, environ, start_response, status, wanted, message=""):
        action = quote(_octets(environ.get("SCRIPT_NAME", ""))) + self.path
        text = self.template.format(
            action=escape(action), next=escape(_ascii(wanted)), message=message
        )
        body = text if isinstance(text, bytes) else text.encode("utf-8")
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        if status.startswith("401"):
            # A 401 must have a challenge; no browser knows this one.
            headers.append(("WWW-Authenticate", 'Form realm="login"'))
        start_response(status, headers)
        return [body]


def make_filter(global_conf, passwords, path="/login"):
    """``paste.filter_factory``: Identification by the form, with the users of a file.

    :param passwords: the file, as for isthmus.middleware.passwords.of_file.
    :param path: as Form has it.
    """
    ways = [Form(of_file(passwords), path)]
    return lambda app: Identification(app, ways)


_IS_3 = str is not bytes


def _session(environ):
    try:
        return environ[session.KEY]
    except KeyError:
        raise RuntimeError("Form needs Sessions around Identification: there is none.")


def _octets(native):
    return native if isinstance(native, bytes) else native.encode("latin-1")


def _ascii(text):
    """Return the ASCII part of a text that a client has sent."""
    return "".join(c for c in text if 32 <= ord(c) < 127)


def _is_of_this_site(target):
    """Tell whether this is a path, and not ``//other.site`` or the like."""
    is_path = target.startswith("/") and target[1:2] not in ("/", "\\")
    return is_path and target == _ascii(target)


def _is_foreign(environ):
    """Tell whether a browser reports another site as the origin (Fetch, "origin").

    The scheme is not compared: a proxy may have terminated https.
    """
    origin = environ.get("HTTP_ORIGIN")
    host = environ.get("HTTP_HOST", "")
    return origin is not None and origin.partition("://")[2] != host


def _redirect(target):
    def application(environ, start_response):
        headers = [("Location", target), ("Cache-Control", "no-store")]
        return passing.plain(environ, start_response, "303 See Other", headers)

    return application


WRONG = '<p role="alert">There is no such user with this password.</p>'

PAGE = """<!DOCTYPE html>
<html lang="en">
<title>Log in</title>
<h1>Log in</h1>
{message}
<form action="{action}" method="post">
<input type="hidden" name="next" value="{next}">
<p><label>User <input name="user" autocomplete="username" required></label></p>
<p><label>Password <input name="password" type="password" required
autocomplete="current-password"></label></p>
<p><button>Log in</button></p>
</form>
</html>
"""
