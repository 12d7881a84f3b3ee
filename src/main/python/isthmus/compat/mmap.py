"""mmap, memory-mapped files: Jython has none, and Java's maps are not strings.

Mercurial imports it, for large files if one of its own settings asks for that.

Provides the constants and the names of the types; creating a map raises mmap.error
(ENODEV), as on a file system without maps.
"""

from __future__ import absolute_import

import errno
import os
import sys

from isthmus.compat import _lending

ACCESS_READ, ACCESS_WRITE, ACCESS_COPY = 1, 2, 3
MAP_SHARED, MAP_PRIVATE = 1, 2
PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4


class error(EnvironmentError):  # noqa: N801 (the name that CPython 2.7 has)
    """Raised for each attempt to create a map."""


class mmap(object):  # noqa: N801
    """A map that cannot be created."""

    def __init__(self, fileno, length, *args, **kwargs):
        raise error(errno.ENODEV, os.strerror(errno.ENODEV))


_lending.lend_module("mmap", sys.modules[__name__])
