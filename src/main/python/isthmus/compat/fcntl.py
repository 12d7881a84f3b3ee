"""fcntl, the module for Unix file descriptors: Jython has no descriptors.

Mercurial imports it on any system that looks like Unix, for terminals and pipes, and
then works without them.

Provides the constants, with Linux's values. Each function fails, as it does for a file
that does not support the operation. No file is locked: flock and lockf raise IOError
(ENOLCK) and never claim a lock.
"""

from __future__ import absolute_import

import errno
import os
import sys

from isthmus.compat import _lending

FD_CLOEXEC = 1
F_GETFD, F_SETFD, F_GETFL, F_SETFL = 1, 2, 3, 4
LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8


def fcntl(fd, op, arg=0):
    """Raise IOError (EINVAL)."""
    raise _error(errno.EINVAL)


def ioctl(fd, op, arg=0, mutate_flag=True):
    """Raise IOError (ENOTTY): it is not a terminal."""
    raise _error(errno.ENOTTY)


def flock(fd, op):
    """Raise IOError (ENOLCK), for unlocking too."""
    raise _error(errno.ENOLCK)


def lockf(fd, op, length=0, start=0, whence=0):
    """Raise IOError (ENOLCK), for unlocking too."""
    raise _error(errno.ENOLCK)


def _error(number):
    return IOError(number, os.strerror(number))


_lending.lend_module("fcntl", sys.modules[__name__])
