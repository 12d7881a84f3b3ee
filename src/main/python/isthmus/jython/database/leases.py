"""Tracks open connections, and gives back those that were not closed.

A connection goes back when its request or task ends, when it has been
garbage-collected, or at the latest when Python ends. Collected ones are noticed with
the next connection and the next end of a request: no thread waits for them.
"""

from __future__ import absolute_import

import atexit
import sys

from java.lang import System, Thread
from java.lang.ref import ReferenceQueue, WeakReference
from java.sql import SQLException
from java.util.concurrent import ConcurrentHashMap

from isthmus.jython import request_end
from isthmus.rules import message

_LOG = System.getLogger("org.isthmus.app")
_OURS = ("isthmus.jython.database",)

_collected = ReferenceQueue()
# Lease by its reference, which is the lease's identity.
_open = ConcurrentHashMap()


class Lease(object):
    """A JDBC connection on loan to a Connection, which it must not refer to.

    :param jdbc: becomes transactional.
    :param source: for the message.
    :param outlives_request: False to give it back when the current request ends.
    :param connection: the Connection.
    """

    def __init__(self, jdbc, source, outlives_request, connection):
        self._jdbc = jdbc
        self._source = source
        self._place = _place()
        # Requests have the container's threads, and one thread at a time.
        self.thread = None if outlives_request else Thread.currentThread()
        self._autocommit = jdbc.autoCommit
        jdbc.autoCommit = False
        self.has_ended = False
        self._reference = WeakReference(connection, _collected)
        _open.put(self._reference, self)

    def end(self):
        """Give the connection back as it came. Does nothing the second time."""
        if _open.remove(self._reference) is None:
            return
        self.has_ended = True
        jdbc = self._jdbc
        try:
            if not jdbc.isClosed():
                if not jdbc.autoCommit:
                    jdbc.rollback()
                if jdbc.autoCommit != self._autocommit:
                    jdbc.autoCommit = self._autocommit
        finally:
            jdbc.close()

    def end_forgotten(self, when):
        """Give back a connection that was not closed, and log where it was opened."""
        if self.has_ended:
            return
        try:
            self.end()
        except SQLException:
            pass  # it is lost, and the pool knows
        text = message("DB_CONNECTION_LEFT", self._source, self._place, when)
        _LOG.log(System.Logger.Level.WARNING, text)


def _place():
    """The line that has called connect(), in the application or in a library."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith(_OURS):
        frame = frame.f_back
    code = frame.f_code
    return "%s:%d, in %s" % (code.co_filename, frame.f_lineno, code.co_name)


def give_back_collected():
    """End the leases of connections that were garbage-collected."""
    reference = _collected.poll()
    while reference is not None:
        lease = _open.get(reference)
        if lease is not None:
            lease.end_forgotten("it was garbage-collected")
        reference = _collected.poll()


def _end_request():
    thread = Thread.currentThread()
    if not _open.isEmpty():
        for lease in list(_open.values()):
            if lease.thread == thread:
                lease.end_forgotten("its request, or task of isthmus.submit, ended")
        give_back_collected()


def _end_all():
    for lease in list(_open.values()):
        if lease.thread is None:
            # A pool of the application's own, which need not outlive it.
            try:
                lease.end()
            except SQLException:
                pass
        else:
            lease.end_forgotten("Python ended")


request_end.call(_end_request)
atexit.register(_end_all)
