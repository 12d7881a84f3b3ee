"""Ends the threads of Jython's sockets, which are netty's.

``_socket`` makes two groups of threads for each listening socket, and may leave the one
of the accepted connections running when all of them are closed.
"""

from __future__ import absolute_import

from java.lang import IllegalStateException
from java.lang.ref import WeakReference
from java.util.concurrent import TimeUnit

from isthmus.jython.imports import AfterImport

SECONDS = 2


_references = []


def install():
    """Know every group of threads that ``_socket`` makes, from its import on."""
    AfterImport("_socket", _look).install()


def _look(socket):
    make = socket.NioEventLoopGroup
    _references.append(WeakReference(socket.NIO_GROUP))

    def made(*arguments):
        group = make(*arguments)
        _references.append(WeakReference(group))
        return group

    socket.NioEventLoopGroup = made


def end():
    """End all groups, and wait until their threads have ended."""
    groups = [reference.get() for reference in _references]
    groups = [group for group in groups if group is not None]
    for group in groups:
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS)
    for group in groups:
        group.awaitTermination(SECONDS, TimeUnit.SECONDS)
    if groups:
        _await_executor()


def _await_executor():
    """Netty tells of an end on a thread that itself goes on for a second."""
    try:
        from io.netty.util.concurrent import GlobalEventExecutor
    except ImportError:
        # As jython-standalone has it.
        from org.python.netty.util.concurrent import GlobalEventExecutor
    try:
        GlobalEventExecutor.INSTANCE.awaitInactivity(SECONDS, TimeUnit.SECONDS)
    except IllegalStateException:
        # It was never started.
        pass
