"""Refuses to read ``sys.stdin``, as mod_wsgi does (WSGIRestrictStdin).

Where nobody types, ``raw_input`` and ``pdb`` would hold the request for ever; in a
container's own terminal, what somebody types is for the container.
"""

from __future__ import absolute_import

import sys


class NoInput(object):
    """A file that no one can read."""

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
    """Let whoever reads ``sys.stdin`` find an IOError.

    :param message: its text.
    """
    sys.stdin = sys.__stdin__ = NoInput(message)
