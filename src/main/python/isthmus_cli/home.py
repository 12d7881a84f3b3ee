"""The user's own directory, on a machine that may not know the user.

The arbitrary UID of a container (Kubernetes' runAsUser, OpenShift) has no entry in
passwd, and no HOME, or one that is not writable.
"""

import os
import stat
import tempfile
from pathlib import Path

import platformdirs

from isthmus_cli.rules import Rule, ToolError

CACHE = "ISTHMUS_CACHE"


def directory():
    """The user's home directory, or None if there is none."""
    try:
        # On Windows, HOME has another name; only an absolute one is useful.
        home = Path.home()
    except RuntimeError:
        return None
    return home if home.is_absolute() else None


def cache():
    """The directory of the tool's cache: ISTHMUS_CACHE, or the platform's usual one.

    If there is none and none can be created, it is a temporary directory.

    :raises ToolError: if that fails, too.
    """
    named = os.environ.get(CACHE)
    if named:
        return Path(named).absolute()
    if directory() is not None or os.environ.get("XDG_CACHE_HOME"):
        usual = platformdirs.user_cache_path("isthmus", appauthor=False)
        # One that exists but is not writable is for its owner to fix.
        if usual.exists() or is_writable(usual):
            return usual
    return _substitute()


def is_writable(path):
    """Whether a directory is writable, or could be created."""
    path = Path(path).absolute()
    while not os.path.lexists(path) and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def _substitute():
    """A temporary directory that only we can have created, because bytecode is code."""
    uid = os.getuid() if hasattr(os, "getuid") else 0
    path = Path(tempfile.gettempdir(), "isthmus-%d" % uid)
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        found = os.lstat(path)
    except OSError as error:
        why = error.strerror or error
        raise ToolError(Rule.CACHE_UNWRITABLE, path, why) from error
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == uid
    if os.name != "nt" and (not is_own or stat.S_IMODE(found.st_mode) & 0o022):
        why = "another user may have made it, or may write to it"
        raise ToolError(Rule.CACHE_UNWRITABLE, path, why)
    return path
