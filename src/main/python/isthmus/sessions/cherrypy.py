"""CherryPy's ``cherrypy.session`` in the container: a class for ``storage_class``."""

from __future__ import absolute_import

import time
from email.utils import mktime_tz, parsedate_tz

import cherrypy
from cherrypy.lib.sessions import RamSession

from isthmus.sessions import lifetimes
from isthmus.sessions.keys import Keys


class ContainerSession(Keys):
    """``cherrypy.session``, each of whose keys is one of ``isthmus.session``.

    Name it as ``tools.sessions.storage_class``; for CherryPy 3.8, put it into
    ``cherrypy.lib.sessions``, and set ``tools.sessions.storage_type`` to "container".

    What is changed in place is written at the end of the request, as with CherryPy's
    own. ``tools.sessions.timeout`` applies if it is configured; the options of the
    cookie do not: the container sends it.

    On other servers it is CherryPy's RamSession.
    """

    # There is nothing to lock: each key is written by itself.
    locked = debug = False

    def __new__(cls, id=None, **options):
        if _container() is None:
            return RamSession(id, **options)
        return super(ContainerSession, cls).__new__(cls)

    def __init__(self, id=None, timeout=60, **options):
        super(ContainerSession, self).__init__(_container())
        self.originalid = id
        self.timeout = timeout
        # CherryPy calls these with each new identifier: the container sends its own.
        self.id_observers = []
        hooks = cherrypy.serving.request.hooks
        # After the handler, which may have called expire(), and before the head.
        hooks.attach("before_finalize", self._drop_cookie, failsafe=True)
        hooks.attach("after_error_response", self._drop_cookie, failsafe=True)

    id = property(lambda self: self._container.id)

    def save(self):
        """Write what was changed in place, and how long the session lasts."""
        self.write_changed()
        config = cherrypy.serving.request.config
        if self.modified and self and "tools.sessions.timeout" in config:
            self._container.max_age = lifetimes.seconds(self.timeout * 60)

    def delete(self):
        """End the session; a later write begins a new one."""
        self.clear()

    def regenerate(self):
        """Give it another identifier: do this at each login."""
        self._container.rotate()

    def acquire_lock(self):
        self.locked = True

    def release_lock(self):
        self.locked = False

    def _drop_cookie(self):
        name = cherrypy.serving.request.config.get("tools.sessions.name", "session_id")
        cookie = cherrypy.serving.response.cookie.pop(name, None)
        # cherrypy.lib.sessions.expire() gives it a date in the past.
        date = cookie and parsedate_tz(cookie["expires"])
        if date and mktime_tz(date) < time.time():
            self.clear()


def _container():
    environ = getattr(cherrypy.serving.request, "wsgi_environ", {})
    return environ.get("isthmus.session")
