"""Beaker's session in the container: a middleware in place of Beaker's."""

from __future__ import absolute_import

from beaker import middleware

from isthmus.sessions import lifetimes
from isthmus.sessions.changes import Changes

try:
    from collections.abc import MutableMapping
except ImportError:
    from collections import MutableMapping


class ContainerSession(MutableMapping):
    """Beaker's session, each of whose keys is one of ``isthmus.session``.

    Like Beaker's own, it is read on first use. ``save()`` writes the keys that the
    request has changed, and does so at once.

    :param container: ``environ["isthmus.session"]``.
    :param timeout: after how many seconds without a request it ends, from the first
        ``save()`` on; None for what web.xml says.
    """

    # The container sends the cookie: these are here because applications set them.
    path = domain = None

    def __init__(self, container, timeout=None):
        self._container = container
        self._changes = Changes(container)
        self._kept = None
        self.timeout = timeout

    id = property(lambda self: self._container.id)
    is_new = property(lambda self: self._container.is_new)

    @property
    def _values(self):
        if self._kept is None:
            self.load()
        return self._kept

    def __getitem__(self, key):
        return self._values[key]

    def __setitem__(self, key, value):
        self._values[key] = value

    def __delitem__(self, key):
        del self._values[key]

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def accessed(self):
        """Return whether it has been used."""
        return self._kept is not None

    def load(self):
        """Read it anew: what has not been saved is lost."""
        self._kept = self._changes.read()

    revert = load

    def save(self, accessed_only=False):
        """Write what has changed.

        :param accessed_only: True to do nothing: the container notes each access.
        """
        if accessed_only:
            return
        self._changes.write(self._values)
        timeout = self.timeout and lifetimes.seconds(self.timeout)
        if timeout and self._container.max_age != timeout:
            self._container.max_age = timeout

    def delete(self):
        """End it; a later ``save()`` begins a new one."""
        self._changes.end()
        self._kept = {}

    invalidate = delete

    def regenerate_id(self):
        """Give it another identifier: do this at each login."""
        self._container.rotate()


class SessionMiddleware(middleware.SessionMiddleware):
    """Beaker's, with the container's session; on other servers, Beaker's own.

    Of its options, ``session.auto`` and ``session.timeout`` apply in the container.
    """

    def __call__(self, environ, start_response):
        container = environ.get("isthmus.session")
        if container is None:
            parent = super(SessionMiddleware, self)
            return parent.__call__(environ, start_response)
        session = ContainerSession(container, self.options["timeout"])
        environ[self.environ_key] = session
        registry = environ.get("paste.registry")
        if registry and registry.reglist:
            registry.register(self.session, session)

        def start(status, headers, exc_info=None):
            if self.options.get("auto") and session.accessed():
                session.save()
            return start_response(status, headers, exc_info)

        return self.wrap_app(environ, start)
