"""Django's ``request.session`` in the container: a middleware and its store."""

from __future__ import absolute_import

from django.contrib.sessions import middleware
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ImproperlyConfigured
from django.utils.cache import patch_vary_headers

from isthmus.sessions import lifetimes
from isthmus.sessions.changes import Changes


class SessionStore(SessionBase):
    """Django's session, each of whose keys is one of ``isthmus.session``.

    As with Django's other stores, it is read when it is used first, and written at the
    end of the request; only keys that the request has changed are written.

    :param container: ``environ["isthmus.session"]``.
    """

    # The container makes it, and alone sets it.
    session_key = property(lambda self: self._container.id)
    _session_key = property(lambda self: self._container.id, lambda self, key: None)

    def __init__(self, container=None):
        if not hasattr(container, "invalidate"):
            raise ImproperlyConfigured(
                "SESSION_ENGINE cannot be isthmus.sessions.django. To keep sessions in "
                "the container, put isthmus.sessions.django.SessionMiddleware into "
                "MIDDLEWARE, in place of Django's; SESSION_ENGINE is for other servers."
            )
        self._container = container
        self._changes = Changes(container)
        super(SessionStore, self).__init__()

    def load(self):
        found = self._changes.read()
        if self.get_expiry_age(expiry=found.get("_session_expiry")) <= 0:
            self._changes.end()
            return {}
        return found

    def save(self, must_create=False):
        values = self._get_session(no_load=must_create)
        self._changes.write(values)
        if values.get("_session_expiry"):
            self._container.max_age = lifetimes.seconds(self.get_expiry_age())

    def clear(self):
        self._changes.replace()
        super(SessionStore, self).clear()

    def create(self):
        """Begin an empty session, in place of the one that there may be."""
        self._changes.end()
        # The one write that needs no key.
        self._container.max_age = self._container.max_age
        self._session_cache = {}
        self.modified = True

    def exists(self, session_key):
        return session_key is not None and session_key == self.session_key

    def delete(self, session_key=None):
        if session_key is None or self.exists(session_key):
            self._changes.end()

    def cycle_key(self):
        self._container.rotate()

    @classmethod
    def clear_expired(cls):
        """Do nothing: the container removes them."""


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, with the container's session; on other servers, as SESSION_ENGINE says.

    The container sends the cookie, so SESSION_COOKIE_* do not apply. It counts each
    request as a use, so SESSION_SAVE_EVERY_REQUEST changes nothing.
    """

    def process_request(self, request):
        container = request.META.get("isthmus.session")
        if container is None:
            return super(SessionMiddleware, self).process_request(request)
        request.session = SessionStore(container)

    def process_response(self, request, response):
        session = getattr(request, "session", None)
        if not isinstance(session, SessionStore):
            parent = super(SessionMiddleware, self)
            return parent.process_response(request, response)
        if session.accessed:
            patch_vary_headers(response, ("Cookie",))
        # As Django's: what a request has written that failed is lost.
        if session.modified and response.status_code < 500:
            session.save()
        return response
