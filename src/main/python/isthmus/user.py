"""``isthmus.user`` in environ: whom the container has authenticated, and how."""

from __future__ import absolute_import

from isthmus import rules


class User(object):
    """The container's login (Servlet 5.0, chapter 13), for one request.

    Unlike REMOTE_USER, which is that of the request's beginning, it follows ``login``
    and ``logout``.

    :param call: calls a service of the container by name.
    :raises TypeError: for a role, name or password that is not text (IS0519).
    :raises RuntimeError: after the request has ended (IS0504); if the container has
        failed (IS0506); and, on CPython, in another thread (IS0507).
    """

    __slots__ = ("_call",)

    def __init__(self, call):
        self._call = call

    @property
    def name(self):
        """The user's name; None if nobody has logged in."""
        return self._call("user.name")

    @property
    def authentication_type(self):
        """BASIC, FORM, DIGEST, CLIENT_CERT or the container's own; None if nobody has.

        After ``login``, it is what the container makes of it.
        """
        return self._call("user.authentication_type")

    def in_role(self, role):
        """Return True if the user has a role, as the web application calls it."""
        _require_text(role, "role", "in_role")
        return self._call("user.in_role", role)

    def login(self, name, password):
        """Check name and password with the container, and log in for this request.

        Return whether they are right. Where there is a session, the container keeps
        the login in it: ``session.rotate()`` first.
        """
        _require_text(name, "name", "login")
        _require_text(password, "password", "login")
        return self._call("user.login", name, password)

    def logout(self):
        """Log out; ``session.invalidate()`` too, if the session is the user's."""
        self._call("user.logout")

    def __repr__(self):
        return "<isthmus.user>"


def _require_text(given, what, method):
    if not isinstance(given, (str, type(u""))):
        allowed = "The %s for isthmus.user.%s is text" % (what, method)
        # Without the value, which may be a password.
        got = "something of type " + type(given).__name__
        raise rules.refused("SERVICE_ARGUMENT", TypeError, allowed, got)
