"""A temporary directory that the next start removes if this process is killed.

A lock on a file in it says that it is in use. The system releases the lock when the
last process that has the file open ends, for whatever reason.
"""

import contextlib
import os
import shutil
import stat

from isthmus_cli import plain

try:
    import fcntl
except ImportError:
    # On Windows.
    fcntl = None

_LOCK = "in-use"


@contextlib.contextmanager
def temporary(prefix):
    """Create one with a path that Java can handle, and remove those left over.

    :returns: its path, and descriptors for a child process that may use it longer.
    :raises ToolError: if there is no place for one.
    """
    with plain.temporary(prefix) as directory:
        with open(directory / (_LOCK + "-new"), "wb") as lock:
            if not _is_locked(lock):
                yield directory, ()
                return
            # Nobody sees it before it is locked.
            os.rename(lock.name, directory / _LOCK)
            for other in directory.parent.glob(prefix + "*"):
                _remove_unused(other)
            yield directory, (lock.fileno(),)


def _is_locked(file):
    """Lock a new file, if its system can."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        # As on NFS without its lock daemon.
        return False
    return True


def _remove_unused(directory):
    try:
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            return
        with open(directory / _LOCK, "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(directory, ignore_errors=True)
    except OSError:
        # It is in use, or being created or removed.
        return
