"""The CPythons for tests of workers; 3.9 and 3.14 can always be had on Linux."""

import os
import platform
import shutil
import sys
from pathlib import Path

from paths import TARGET

VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


def _found():
    """Paths by version: that of pytest, what pyenv and PATH have, what Maven has."""
    found = {"%d.%d" % sys.version_info[:2]: sys.executable}
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for version in VERSIONS:
        named = sorted(root.glob("versions/%s.*/bin/python%s" % (version, version)))
        on_path = shutil.which("python" + version)
        # pyenv's own are scripts, which fail where the version is not the chosen one.
        if on_path and ".pyenv" not in on_path:
            named.append(on_path)
        named += _downloaded(version)
        if named:
            found.setdefault(version, str(named[0]))
    return found


def _downloaded(version):
    """What `mvn dependency:unpack@pythons` has left of a version, made executable."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return []
    pattern = "pythons/%s/org/bytedeco/cpython/*/bin/python%s" % (version, version)
    programs = list(TARGET.glob(pattern))
    for program in programs:
        program.chmod(0o755)
    return programs


FOUND = _found()
# The oldest and the newest.
_SORTED = [version for version in VERSIONS if version in FOUND]
ENDS = list(dict.fromkeys((_SORTED[0], _SORTED[-1])))
