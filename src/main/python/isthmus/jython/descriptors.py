"""File descriptors, whose numbers Jython gets by reflection, if Java lets it."""

from __future__ import absolute_import

import errno

_REMEDY = (
    " (Java does not let Jython see the descriptors of open files: start the"
    " container's Java with --add-opens java.base/java.io=ALL-UNNAMED)"
)


def remedy(error, frames):
    """Return what to do if this is why os.fstat has failed, or None.

    :param frames: the traceback of the exception.
    """
    line = (tuple(frames[-1])[3] or "") if frames else ""
    is_bad = getattr(error, "errno", None) == errno.EBADF
    return _REMEDY if is_bad and "fstat" in line and not _are_open() else None


def _are_open():
    """Whether the package of FileDescriptor is open to Jython: not from Java 16 on.

    JEP 396. Tomcat's scripts open it; Jetty's do not.
    """
    from java.io import FileDescriptor
    from java.lang import Class
    from org.python.core import Py

    return Class.getModule(FileDescriptor).isOpen("java.io", Class.getModule(Py))
