"""Refuses to read ``sys.stdin``, as mod_wsgi does (WSGIRestrictStdin).

Without a terminal, ``raw_input`` and ``pdb`` would block the request forever; in the
container's own terminal, the input is meant for the container.
"""

from __future__ import absolute_import

import sys


class NoInput(object):
    """A file that cannot be read."""

    closed = False
    encoding = None
    errors = None
    mode = "r"
    name = "<stdin>"
    newlines = None
    softspace = 0

    def __init__(self, message):
        self._message = message

    def _refuse(self, *args):
        raise IOError(self._message)

    read = readline = readlines = xreadlines = next = fileno = _refuse

    def __iter__(self):
        return self

    def isatty(self):
        return False

    def close(self):
        pass

    flush = close


def install(message):
    """Make reading ``sys.stdin`` raise an IOError.

    :param message: its text.
    """
    sys.stdin = sys.__stdin__ = NoInput(message)
