"""gc.disable, gc.enable and gc.isenabled: Jython's raise NotImplementedError.

Mercurial disables collection while it creates many objects, for speed.

Provides the module gc with the three of them: nothing is disabled, because the JVM
collects garbage, and isenabled is True.
"""

from __future__ import absolute_import

import gc

from isthmus.compat import _lending


def disable():
    """Do nothing."""


def enable():
    """Do nothing."""


def isenabled():
    """Return True."""
    return True


_lending.lend_in_place(gc, disable=disable, enable=enable, isenabled=isenabled)
