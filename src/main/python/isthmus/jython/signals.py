"""Leaves the JVM's signals to the container, as mod_wsgi does (WSGIRestrictSignal)."""

from __future__ import absolute_import

from isthmus.jython.imports import AfterImport


def install(refuse):
    """Make ``signal.signal`` call ``refuse`` and change nothing.

    :param refuse: a callable that gets the number of the signal
    """

    def restrict(signal):
        # Importing it has set a handler, which the next interpreter of the JVM would
        # find, and keep.
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, signal.SIG_DFL)

        def refused(number, action):
            refuse(number)
            return signal.SIG_DFL

        signal.signal = refused
        signal.getsignal = lambda number: signal.SIG_DFL

    AfterImport("signal", restrict).install()
