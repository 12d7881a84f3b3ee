"""Flask's ``session`` in the container: a session interface."""

from __future__ import absolute_import

from flask.sessions import SecureCookieSessionInterface, SessionMixin

from isthmus.sessions import lifetimes
from isthmus.sessions.keys import Keys


class ContainerSession(Keys, SessionMixin):
    """``flask.session``, each of whose keys is one of ``isthmus.session``.

    What is changed in place is written again at the end of the request if ``modified``
    is True, as with Flask's own session.

    :param container: ``environ["isthmus.session"]``.
    """

    @property
    def new(self):
        return self._container.is_new

    def rotate(self):
        """Give the session another identifier: do this at each login."""
        self._container.rotate()

    def save(self, lifetime):
        """Write what was changed in place, and how long the session lasts.

        :param lifetime: of a permanent session, a timedelta.
        """
        if not self.modified:
            return
        self.write_changed()
        if self.permanent:
            self._container.max_age = lifetimes.seconds(lifetime.total_seconds())


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
