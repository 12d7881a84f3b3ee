"""Identifies users: by the container's login, Basic, Digest, or a form."""

from __future__ import absolute_import

import base64
import binascii

from isthmus.middleware import passing
from isthmus.middleware.passwords import of_file

# Where Authentication finds the ways that can ask for a name and a password.
KEY = "isthmus.identification"


class Identification(object):
    """Puts the user into REMOTE_USER, and how they were identified into AUTH_TYPE.

    It refuses no one: that is up to Authentication, which it wraps. An identity that
    the server itself has established, as a servlet container does with a
    ``<security-constraint>`` for the path, is left unchanged.

    :param application: the application.
    :param ways: objects with ``identify(environ)``, which returns a name or None;
        ``challenge(environ)``, which returns headers that ask for it, or an application
        that does; and ``name``, for AUTH_TYPE. The first that knows a name decides.
    """

    def __init__(self, application, ways):
        self.application = application
        self.ways = list(ways)

    def __call__(self, environ, start_response):
        environ[KEY] = self.ways
        if not environ.get("REMOTE_USER"):
            for way in self.ways:
                user = way.identify(environ)
                if user is not None:
                    environ["REMOTE_USER"] = user
                    environ["AUTH_TYPE"] = way.name
                    break
        for way in self.ways:
            page = getattr(way, "page", None)
            if page and way.is_asked(environ):
                return page(environ, start_response)
        return self.application(environ, start_response)


class Basic(object):
    """Basic authentication (RFC 7617): a name and a password with each request.

    Both are readable to anyone who can read the connection, so https is required.

    :param realm: the protection space, as clients show it.
    :param is_right: tells whether a user and a password match, such as Passwords. It is
        called with a native string and octets.
    """

    name = "Basic"

    def __init__(self, realm, is_right):
        self.realm = quoted(realm)
        self.is_right = is_right

    def identify(self, environ):
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, colon, password = base64.b64decode(token.strip()).partition(b":")
        except (TypeError, ValueError, binascii.Error):
            return None
        user = user if str is bytes else user.decode("latin-1")
        return user if colon and self.is_right(user, password) else None

    def challenge(self, environ):
        text = "Basic realm=%s, charset=\"UTF-8\"" % self.realm
        return [("WWW-Authenticate", text)]


def quoted(text):
    """Return a quoted-string of a header (RFC 9110, 5.6.4)."""
    if any(ord(c) < 32 or ord(c) > 126 for c in text):
        raise ValueError("%r has characters that are not printable ASCII." % text)
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


class Authentication(object):
    """Refuses unauthorized users: 401 if they are unknown, 403 if they are known.

    :param application: the application to protect.
    :param allowed: the names of authorized users; None admits everyone with a name.
    :param role: a role of the servlet container, whose users are authorized, too.
    """

    def __init__(self, application, allowed=None, role=None):
        self.application = application
        self.allowed = None if allowed is None else frozenset(allowed)
        self.role = role

    def __call__(self, environ, start_response):
        user = environ.get("REMOTE_USER")
        if not user:
            return self._ask(environ, start_response)
        if self._may(environ, user):
            return self.application(environ, start_response)
        return passing.plain(environ, start_response, "403 Forbidden")

    def _may(self, environ, user):
        if self.allowed is None and self.role is None:
            return True
        if self.allowed is not None and user in self.allowed:
            return True
        login = environ.get("isthmus.user")
        is_known = self.role is not None and login is not None
        return is_known and login.in_role(self.role)

    def _ask(self, environ, start_response):
        asked = [way.challenge(environ) for way in environ.get(KEY, ())]
        headers = sum((each for each in asked if not callable(each)), [])
        pages = [each for each in asked if callable(each)]
        # A page is for people; programs get a challenge that they can answer.
        is_person = "text/html" in environ.get("HTTP_ACCEPT", "").lower()
        if pages and (is_person or not headers):
            return pages[0](environ, start_response)
        # A 401 has a challenge (RFC 9110, 15.5.2); without one, nobody could log in.
        status = "401 Unauthorized" if headers else "403 Forbidden"
        return passing.plain(environ, start_response, status, headers)


def make_identification(global_conf, realm, passwords):
    """``paste.filter_factory``: Basic, with the users of a file.

    :param realm: the realm.
    :param passwords: a file of lines ``user:hash``; isthmus.middleware.passwords makes
        the hashes.
    """
    ways = [Basic(realm, of_file(passwords))]
    return lambda application: Identification(application, ways)


def make_authentication(global_conf, allowed=None, role=None):
    """``paste.filter_factory``: the keys are the parameters of Authentication.

    :param allowed: names, separated by spaces or commas.
    """
    names = None if allowed is None else allowed.replace(",", " ").split()
    return lambda application: Authentication(application, names, role)
