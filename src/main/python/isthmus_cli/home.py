"""The user's own directory, on a machine that may know no such user.

A container's arbitrary UID (Kubernetes' runAsUser, OpenShift) has no entry in passwd,
and no HOME, or one that it may not write to.
"""

import os
import stat
import tempfile
from pathlib import Path

import platformdirs

from isthmus_cli.rules import Rule, ToolError

CACHE = "ISTHMUS_CACHE"


def directory():
    """The user's home directory, or None where there is none."""
    try:
        # Windows has another name for HOME; only an absolute one is of any use.
        home = Path.home()
    except RuntimeError:
        return None
    return home if home.is_absolute() else None


def cache():
    """The directory of the tool's cache: ISTHMUS_CACHE, or the platform's usual one.

    Where there is none and none can be made, it is one among the temporary files.

    :raises ToolError: if nothing of this can be.
    """
    named = os.environ.get(CACHE)
    if named:
        return Path(named).absolute()
    if directory() is not None or os.environ.get("XDG_CACHE_HOME"):
        usual = platformdirs.user_cache_path("isthmus", appauthor=False)
        # One that is there and cannot be written is for its owner to repair.
        if usual.exists() or is_writable(usual):
            return usual
    return _substitute()


def is_writable(path):
    """Whether a directory is there and can be written to, or could be made."""
    path = Path(path).absolute()
    while not os.path.lexists(path) and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def _substitute():
    """A temporary directory that nobody else can have prepared: bytecode is code."""
    uid = os.getuid() if hasattr(os, "getuid") else 0
    path = Path(tempfile.gettempdir(), "isthmus-%d" % uid)
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        found = os.lstat(path)
    except OSError as error:
        said = error.strerror or error
        raise ToolError(Rule.CACHE_UNWRITABLE, path, said) from error
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == uid
    if os.name != "nt" and (not is_own or stat.S_IMODE(found.st_mode) & 0o022):
        why = "another user may have made it, or may write to it"
        raise ToolError(Rule.CACHE_UNWRITABLE, path, why)
    return path
