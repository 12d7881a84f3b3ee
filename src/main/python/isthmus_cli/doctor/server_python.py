"""Whether this machine has the Python that a web application without one needs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from isthmus_cli.cpython import running
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import LIB_PYTHON

_VARIABLE = "ISTHMUS_PYTHON_EXECUTABLE"
_EXTENSION = re.compile(r"\.cpython-3(\d+)-[\w-]+\.so$")
_OLDEST = 9
_PRINT = "import sys; print('%d.%d' % sys.version_info[:2])"
_TIMEOUT_SECONDS = 60


def check(app):
    """Yield IS0180 in advance, if the container runs on this machine.

    Like the server, try each `python3` on PATH.
    """
    extensions = [n for n in app.below(LIB_PYTHON) if _EXTENSION.search(n)]
    needed = {int(_EXTENSION.search(name).group(1)) for name in extensions}
    there = {str(path): _version(path) for path in _candidates()}
    if any(_fits(version, needed) for version in there.values()):
        return
    if needed:
        features = " or ".join("3.%d" % minor for minor in sorted(needed))
        what = "CPython %s, for which %s is" % (features, extensions[0])
    else:
        what = "CPython 3.%d or later" % _OLDEST
    have = ", ".join("%s (%s)" % (p, v or "does not run") for p, v in there.items())
    yield found(Sign.PYTHON_ABSENT, what, have or "no `python3` on PATH")


def _candidates():
    named = os.environ.get(_VARIABLE)
    if named:
        # A path, or a name.
        program = shutil.which(named)
        return [Path(program)] if program else []
    directories = os.environ.get("PATH", "").split(os.pathsep)
    paths = [Path(directory, "python3") for directory in dict.fromkeys(directories)]
    return [path for path in paths if os.access(path, os.X_OK)]


def _version(python):
    try:
        done = running.run([python, "-S", "-c", _PRINT], timeout=_TIMEOUT_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _fits(version, needed):
    major, _, minor = (version or "").partition(".")
    if major != "3":
        return False
    return int(minor) in needed if needed else int(minor) >= _OLDEST
