"""Ends the threads of Jython's sockets, which are netty's.

``_socket`` creates two groups of threads for each listening socket, and may leave that
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
    """Record every group of threads that ``_socket`` creates, from its import on."""
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
    """Netty reports the end on a thread that itself lives a second longer."""
    try:
        from io.netty.util.concurrent import GlobalEventExecutor
    except ImportError:
        # The name in jython-standalone.
        from org.python.netty.util.concurrent import GlobalEventExecutor
    try:
        GlobalEventExecutor.INSTANCE.awaitInactivity(SECONDS, TimeUnit.SECONDS)
    except IllegalStateException:
        # It was never started.
        pass
