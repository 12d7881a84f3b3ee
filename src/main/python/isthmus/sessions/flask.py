"""Flask's ``session`` in the container: a session interface."""

from __future__ import absolute_import

from flask.sessions import SecureCookieSessionInterface, SessionMixin


class ContainerSession(SessionMixin):
    """``flask.session``, each of whose keys is one of ``isthmus.session``.

    A write reaches the container at once, so a value that it refuses fails on the line
    that writes it. What is changed in place is written again at the end of the request
    if ``modified`` is True, as with Flask's own session.

    :param container: ``environ["isthmus.session"]``.
    """

    modified = accessed = False

    def __init__(self, container):
        self._container = container
        # Of each key that was read or written, the value, and how it looked then.
        self._values = {}
        self._seen = {}

    @property
    def new(self):
        return self._container.is_new

    def __getitem__(self, key):
        self.accessed = True
        if key not in self._values:
            self._keep(key, self._container[key])
        return self._values[key]

    def __setitem__(self, key, value):
        self._container[key] = value
        self._keep(key, value)
        self.accessed = self.modified = True

    def __delitem__(self, key):
        self.accessed = True
        del self._container[key]
        self._values.pop(key, None)
        self.modified = True

    def __contains__(self, key):
        self.accessed = True
        return key in self._container

    def __iter__(self):
        self.accessed = True
        return iter(self._container)

    def __len__(self):
        self.accessed = True
        return len(self._container)

    def clear(self):
        """End the session: what is written after it begins another one."""
        self._container.invalidate()
        self._values.clear()
        self.accessed = self.modified = True

    def rotate(self):
        """Give the session another identifier: do this at each login."""
        self._container.rotate()

    def save(self, lifetime):
        """Write what was changed in place, and how long the session lasts.

        :param lifetime: of a permanent session, a timedelta.
        """
        if not self.modified:
            return
        for key, value in self._values.items():
            if repr(value) != self._seen[key]:
                self._container[key] = value
        if self.permanent:
            self._container.max_age = int(lifetime.total_seconds())

    def _keep(self, key, value):
        self._values[key] = value
        self._seen[key] = repr(value)


class ContainerSessionInterface(SecureCookieSessionInterface):
    """Flask's sessions in the container; on other servers, in Flask's own cookie.

    The container sends the cookie, so SESSION_COOKIE_* do not apply, and no SECRET_KEY
    is needed. It counts each request as a use, so sessions need no refreshing.
    """

    def open_session(self, app, request):
        container = request.environ.get("isthmus.session")
        if container is None:
            parent = super(ContainerSessionInterface, self)
            return parent.open_session(app, request)
        return ContainerSession(container)

    def save_session(self, app, session, response):
        if not isinstance(session, ContainerSession):
            parent = super(ContainerSessionInterface, self)
            return parent.save_session(app, session, response)
        session.save(app.permanent_session_lifetime)
        if session.accessed:
            response.vary.add("Cookie")
