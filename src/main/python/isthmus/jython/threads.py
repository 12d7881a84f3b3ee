"""Waits at Python's end for the threads that Python has started, and no others.

Jython's ``threading`` waits for every thread that has called ``currentThread``, as
``logging`` does for each record: the container's own, which outlive the application.
"""

from __future__ import absolute_import

from isthmus.jython.imports import AfterImport


def install():
    """Inspect ``threading`` when it has been imported."""
    AfterImport("threading", _look).install()


def _look(threading):
    def pick():
        for thread in threading.enumerate():
            # Not one of the container's, nor of thread.start_new_thread.
            if isinstance(thread, threading.Thread):
                if not thread.isDaemon() and thread.isAlive():
                    return thread
        return None

    threading._pickSomeNonDaemonThread = pick
