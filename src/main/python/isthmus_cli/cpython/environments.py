"""The project's virtual environment, found as other tools find it."""

import os
import sys
from pathlib import Path

_NAMES = (".venv", "venv")
_MARK = "pyvenv.cfg"
_PROGRAM = ("Scripts/python.exe",) if os.name == "nt" else ("bin/python3", "bin/python")


def find(directory):
    """The path of its interpreter, or None.

    First the one that is active, unless the tool itself is installed there and the
    project has its own; then `.venv` and `venv` in the directory.

    :param directory: of the project.
    """
    active = os.environ.get("VIRTUAL_ENV")
    places = [Path(directory, name) for name in _NAMES]
    if active:
        is_tools = os.path.realpath(active) == os.path.realpath(sys.prefix)
        places.insert(len(places) if is_tools else 0, Path(active))
    for place in places:
        if (place / _MARK).is_file():
            for name in _PROGRAM:
                if (place / name).exists():
                    # Not resolved: the link's place leads to the environment.
                    return (place / name).absolute()
    return None
