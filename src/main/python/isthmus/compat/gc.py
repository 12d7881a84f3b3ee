"""gc.disable, gc.enable and gc.isenabled: Jython's raise NotImplementedError.

Mercurial disables collection while it makes many objects, for speed.

Answered is the module gc with the three of them: nothing is disabled, for collection is
the JVM's, and isenabled is True.
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
