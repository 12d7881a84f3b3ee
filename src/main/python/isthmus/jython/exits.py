"""Keeps ``os._exit`` from ending the container, and everything that it serves."""

from __future__ import absolute_import

import os
import sys


def install(refuse):
    """Make ``os._exit`` call ``refuse`` and raise SystemExit instead.

    :param refuse: a callable that gets the status and the place of the call, and
        returns the message
    """

    def _exit(status):
        frame = sys._getframe(1)
        code = frame.f_code
        place = "%s:%d, in %s" % (code.co_filename, frame.f_lineno, code.co_name)
        raise SystemExit(refuse(status, place))

    os._exit = _exit
