"""Pyramid's ``request.session`` in the container: a session factory."""

from __future__ import absolute_import

import binascii
import os

from pyramid.interfaces import ISession, ISessionFactory
from zope.interface import implementer

from isthmus.sessions.keys import Keys


@implementer(ISession)
class ContainerSession(Keys):
    """``request.session``, each of whose keys is one of ``isthmus.session``.

    What is changed in place is written by ``changed()``.

    :param container: ``environ["isthmus.session"]``.
    """

    # isthmus.session does not say when the session was created.
    created = None
    new = property(lambda self: self._container.is_new)

    def rotate(self):
        """Give the session another identifier: do this at each login."""
        self._container.rotate()

    def invalidate(self):
        """End the session: what is written after it begins another one."""
        self.clear()

    def changed(self):
        """Write what was changed in place."""
        self.write_changed()

    def flash(self, msg, queue="", allow_duplicate=True):
        """Keep a message for the next page."""
        messages = self.peek_flash(queue)
        if allow_duplicate or msg not in messages:
            self[_queue(queue)] = messages + [msg]

    def pop_flash(self, queue=""):
        """Return the messages, and forget them."""
        return self.pop(_queue(queue), [])

    def peek_flash(self, queue=""):
        """Return the messages."""
        return self.get(_queue(queue), [])

    def new_csrf_token(self):
        """Return another token against forged forms."""
        token = binascii.hexlify(os.urandom(20)).decode("ascii")
        self["_csrft_"] = token
        return token

    def get_csrf_token(self):
        """Return the token against forged forms."""
        return self.get("_csrft_") or self.new_csrf_token()


@implementer(ISessionFactory)
class ContainerSessionFactory(object):
    """Pyramid's sessions in the container: for ``session_factory`` of Configurator.

    The container sends the cookie.

    :param elsewhere: the session factory on other servers, as in ``pserve``.
    """

    def __init__(self, elsewhere):
        self._elsewhere = elsewhere

    def __call__(self, request):
        container = request.environ.get("isthmus.session")
        if container is None:
            return self._elsewhere(request)
        return ContainerSession(container)


def _queue(name):
    return "_f_" + name
