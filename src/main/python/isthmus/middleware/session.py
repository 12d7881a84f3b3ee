"""Sessions: a dictionary per visitor, in the servlet container or in memory."""

from __future__ import absolute_import

import binascii
import hashlib
import json
import os
import re
import threading
import time

import isthmus.session

KEY = "isthmus.session"
# The attribute of the container's session that holds all of this one, as text.
_ATTRIBUTE = "isthmus.session"
_ID = re.compile(r"[0-9a-f]{64}$")


class Session(dict):
    """The data of one visitor: names and values that JSON can hold.

    :ivar is_new: True if the visitor sent none.
    """

    is_new = True
    _is_rotated = _is_invalid = False

    def rotate(self):
        """Give the session a new identifier: call this at every login.

        It locks out anyone who knew the old one, or had set it (session fixation).
        """
        self._is_rotated = True

    def invalidate(self):
        """Delete the session, and its cookie."""
        self.clear()
        self._is_invalid = True

    # Older names.
    renew = rotate
    end = invalidate


class Sessions(object):
    """Gives each request the visitor's session, as ``environ["isthmus.session"]``.

    It is saved when the application calls start_response, as the cookie must be set by
    then; later changes are lost. An empty session is not saved, and sets no cookie.

    In a servlet container the session is kept in the container's own, with its cookie,
    its timeout and its replication; elsewhere it is in this process's memory.

    :param application: the application.
    :param store: where sessions are kept: an object with the methods of Memory, or None
        to choose as above.
    :param cookie: the name of the cookie; the container's has its own name.
    :param timeout: after how many seconds without a request a session in memory
        expires.
    """

    def __init__(self, application, store=None, cookie="session", timeout=1800):
        self.application = application
        self.cookie = cookie
        self._memory = store or Memory(timeout)
        self._is_chosen = store is not None

    def __call__(self, environ, start_response):
        container = environ.get(KEY)
        if isinstance(container, isthmus.session.Session) and not self._is_chosen:
            kept = _Container(container)
        else:
            kept = _Cookie(self._memory, self.cookie, environ)
        session = kept.read()
        environ[KEY] = session

        def start(status, headers, exc_info=None):
            headers = headers + kept.keep(session)
            rest = (exc_info,) if exc_info else ()
            return start_response(status, headers, *rest)

        return self.application(environ, start)


def _session(text):
    session = Session(json.loads(text) if text else {})
    session.is_new = not text
    return session


class _Container(object):
    """The session of a request in its servlet container."""

    def __init__(self, container):
        self._container = container

    def read(self):
        return _session(self._container.get(_ATTRIBUTE))

    def keep(self, session):
        """Save it; the container itself sends the cookie, if any."""
        if session._is_invalid:
            self._container.invalidate()
            return []
        if session._is_rotated:
            self._container.rotate()
            session._is_rotated = False
        known = self._container.get(_ATTRIBUTE)
        text = json.dumps(session)
        if text != known and (session or known is not None):
            self._container[_ATTRIBUTE] = text
        return []


class _Cookie(object):
    """The session of a request whose cookie names it."""

    def __init__(self, store, name, environ):
        self._store = store
        self._name = name
        self._is_secure = environ["wsgi.url_scheme"] == "https"
        self._path = _quoted(environ.get("SCRIPT_NAME", "")) or "/"
        self._id = _sent(environ.get("HTTP_COOKIE", ""), name)

    def read(self):
        text = self._store.read(self._id) if self._id else None
        if text is None:
            # An identifier that a client has made up is never used.
            self._id = None
        return _session(text)

    def keep(self, session):
        """Save it, and return the headers that set its cookie."""
        if session._is_invalid or not session:
            return self._forget()
        if self._id and session._is_rotated:
            self._store.remove(self._id)
            self._id = None
        session._is_rotated = False
        is_known = self._id is not None
        self._id = self._id or str(binascii.hexlify(os.urandom(32)).decode("ascii"))
        self._store.write(self._id, json.dumps(session))
        return [] if is_known else [self._header(self._id)]

    def _forget(self):
        if self._id is None:
            return []
        self._store.remove(self._id)
        self._id = None
        return [self._header("", "; Max-Age=0")]

    def _header(self, value, more=""):
        secure = "; Secure" if self._is_secure else ""
        text = "%s=%s; Path=%s; HttpOnly; SameSite=Lax%s%s"
        return "Set-Cookie", text % (self._name, value, self._path, secure, more)


def _sent(cookies, name):
    """Return the identifier in a Cookie field, or None."""
    for cookie in cookies.split(";"):
        key, _, value = cookie.strip().partition("=")
        if key == name and _ID.match(value):
            return value
    return None


def _quoted(path):
    """Return a path from environ as a cookie needs it: in a URL's characters."""
    octets = path if isinstance(path, bytes) else path.encode("latin-1")
    safe = b"/-._~!$&'()*+,=:@"
    return "".join(
        chr(o) if chr(o).isalnum() and o < 128 or o in bytearray(safe) else "%%%02X" % o
        for o in bytearray(octets)
    )


class Memory(object):
    """Sessions in the memory of this process, of this interpreter.

    **Threading.** Used by any number of threads; guarded by a lock.

    :param timeout: after how many seconds without a request a session expires.
    :param max_sessions: how many are kept; the least recently used one is dropped
        first, so that no client can fill the memory.
    """

    def __init__(self, timeout=1800, max_sessions=10000):
        self.timeout = timeout
        self.max_sessions = max_sessions
        self._kept = {}
        self._lock = threading.Lock()

    def read(self, name):
        """Return the text of a session, or None if this name is unknown."""
        with self._lock:
            used, text = self._kept.get(_digest(name), (0, None))
            if text is None or used + self.timeout < time.time():
                return None
            self._kept[_digest(name)] = (time.time(), text)
            return text

    def write(self, name, text):
        """Store the text of a session."""
        with self._lock:
            if len(self._kept) >= self.max_sessions and _digest(name) not in self._kept:
                self._make_room()
            self._kept[_digest(name)] = (time.time(), text)

    def remove(self, name):
        """Delete a session, if it exists."""
        with self._lock:
            self._kept.pop(_digest(name), None)

    def _make_room(self):
        ended = time.time() - self.timeout
        oldest = sorted((used, name) for name, (used, _) in self._kept.items())
        # At least a tenth at once, or each further session would sort them all.
        gone = oldest[: self.max_sessions // 10 + 1]
        gone += [pair for pair in oldest[len(gone) :] if pair[0] < ended]
        for _, name in gone:
            del self._kept[name]


def _digest(name):
    # The time of a look-up reveals nothing about other visitors' names.
    return hashlib.sha256(name.encode("ascii")).digest()


def make_filter(global_conf, cookie="session", timeout=1800):
    """``paste.filter_factory``: the keys are parameters of Sessions."""
    return lambda app: Sessions(app, cookie=cookie, timeout=int(timeout))
