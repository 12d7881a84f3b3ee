"""``isthmus.session`` in environ: the container's session of a client, as a mapping."""

from __future__ import absolute_import

import numbers
import sys

try:
    from collections.abc import MutableMapping
except ImportError:
    from collections import MutableMapping

_NONE = object()  # no default, because None is one


class Session(MutableMapping):
    """The attributes of the container's HttpSession.

    Nothing happens before it is used: reading finds a session, and only writing creates
    one, and with it its cookie. Each read returns a copy: to change a list that is in
    the session, assign it again, which is also what replicates it in a cluster.

    Values are None, bool, int, float, str, bytes, list (and tuple, which becomes one),
    dict with str keys, and datetime; keys are str.

    Threads: the request's. On Jython others may use it too, one at a time.

    :param call: calls a service of the container by name.
    :raises TypeError: for any other value (IS0500) or key (IS0501), for a value that
        Java code has stored and Python cannot read (IS0502), and for a ``max_age`` that
        is no int (IS0519).
    :raises ValueError: for a ``max_age`` that is out of range (IS0519).
    :raises RuntimeError: for a write that needs a cookie, after the response has begun
        (IS0503); after the request has ended (IS0504); if another request has ended the
        session meanwhile (IS0505); if the container has failed (IS0506); and, on
        CPython, in another thread (IS0507).
    """

    __slots__ = ("_call",)

    def __init__(self, call):
        self._call = call

    if sys.version_info[0] == 2:

        def __setattr__(self, name, value):
            # MutableMapping has a __dict__ there, so __slots__ refuses nothing.
            if not hasattr(type(self), name):
                raise AttributeError("isthmus.session has no attribute %r" % name)
            MutableMapping.__setattr__(self, name, value)

    def __getitem__(self, key):
        found = self._call("session.get", key) if _is_text(key) else ()
        if not found:
            raise KeyError(key)
        return found[0]

    def __setitem__(self, key, value):
        self._call("session.set", key, value)

    def __delitem__(self, key):
        if not (_is_text(key) and self._call("session.remove", key)):
            raise KeyError(key)

    # MutableMapping's reads a value and then deletes it, and dict() reads each key that
    # is there: another request of this client may have removed it in between.
    def pop(self, key, default=_NONE):
        found = self._call("session.get", key) if _is_text(key) else ()
        if found and self._call("session.remove", key):
            return found[0]
        if default is _NONE:
            raise KeyError(key)
        return default

    def popitem(self):
        for key in self:
            try:
                return key, self.pop(key)
            except KeyError:
                pass
        raise KeyError("isthmus.session is empty")

    def clear(self):
        for key in self:
            self._call("session.remove", key)

    def __contains__(self, key):
        return _is_text(key) and self._call("session.has", key)

    def __iter__(self):
        return iter(self._call("session.keys"))

    def __len__(self):
        return len(self._call("session.keys"))

    def __repr__(self):
        return "<isthmus.session>"  # its content is nobody else's business

    @property
    def id(self):
        """The session's identifier, a secret of this client; None without a session."""
        return self._call("session.id")

    @property
    def is_new(self):
        """True if there is no session, or its client has not come back with it."""
        return self._call("session.is_new")

    @property
    def max_age(self):
        """After how many seconds without a request it ends: an int, or None for never.

        The default is the web application's, ``<session-timeout>``. Setting it, of this
        session alone, is a write.
        """
        return self._call("session.max_age")

    @max_age.setter
    def max_age(self, seconds):
        if seconds is not None:
            if isinstance(seconds, bool) or not isinstance(seconds, numbers.Integral):
                raise _refused_age(TypeError, seconds)
            if not 0 < seconds < 2**31:
                raise _refused_age(ValueError, seconds)
            seconds = int(seconds)
        self._call("session.set_max_age", seconds)

    def rotate(self):
        """Give it another identifier: do this at each login, and whenever rights grow.

        It locks out anyone who knew the old one, or had set it (session fixation).
        Without a session, there is nothing to do.
        """
        self._call("session.rotate")

    def invalidate(self):
        """End it, with all that it has: do this at each logout."""
        self._call("session.invalidate")


def _refused_age(kind, seconds):
    allowed = "isthmus.session.max_age is None, or an int from 1 to %d" % (2**31 - 1)
    got = "%r of type %s" % (seconds, type(seconds).__name__)
    # Here, because the middleware needs this module where nothing else of ours is.
    from isthmus import rules

    return rules.refused("SERVICE_ARGUMENT", kind, allowed, got)


def _is_text(key):
    return isinstance(key, (str, type(u"")))
