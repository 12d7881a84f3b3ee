"""Keeps ``os._exit`` from ending the container, and everything that it serves."""

from __future__ import absolute_import

import os
import sys
import types

# The module of the platform, where os has found its own.
PLATFORMS = ("posix", "nt")


def install(refuse):
    """Make ``os._exit`` and ``posix._exit`` call ``refuse`` and raise SystemExit.

    :param refuse: a callable that gets the status and the place of the call, and
        returns the message
    """

    def _exit(status):
        frame = sys._getframe(1)
        code = frame.f_code
        place = "%s:%d, in %s" % (code.co_filename, frame.f_lineno, code.co_name)
        raise SystemExit(refuse(status, place))

    os._exit = _exit
    for name in PLATFORMS:
        if name in sys.modules:
            sys.modules[name] = _copied(name, _exit)


def _copied(name, _exit):
    """A module with this ``_exit``; Jython's is a class that all interpreters share."""
    shared = sys.modules[name]
    module = types.ModuleType(name, shared.__doc__)
    for each in vars(shared):
        if not each.startswith("__"):
            setattr(module, each, getattr(shared, each))
    module._exit = _exit
    return module
