"""The project's virtual environment, found as other tools find it."""

import os
import sys
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from isthmus_cli import project_requirements
from isthmus_cli.rules import ToolError

_NAMES = (".venv", "venv")
_MARK = "pyvenv.cfg"
_PROGRAM = ("Scripts/python.exe",) if os.name == "nt" else ("bin/python3", "bin/python")
LIBRARIES = ("lib/python3*/site-packages", "Lib/site-packages")
# What every environment may have.
_INSTALLERS = {"pip", "setuptools", "wheel"}
_TOOL = "isthmus"


def find(directory):
    """The path of its interpreter, or None.

    First the one that is active, then `.venv` and `venv` in the directory. If the tool
    itself is installed in the active one, that is taken last, and only if it has the
    project's libraries.

    :param directory: of the project.
    """
    active = os.environ.get("VIRTUAL_ENV")
    places = [Path(directory, name) for name in _NAMES]
    if active and os.path.realpath(active) != os.path.realpath(sys.prefix):
        places.insert(0, Path(active))
    elif active and _has_libraries(Path(active), Path(directory)):
        places.append(Path(active))
    for place in places:
        if (place / _MARK).is_file():
            for name in _PROGRAM:
                if (place / name).exists():
                    # Not resolved: the link's place leads to the environment.
                    return (place / name).absolute()
    return None


def _has_libraries(place, directory):
    """Whether it has what the project states; or, if that is nothing, any library."""
    found = [str(p) for pattern in LIBRARIES for p in place.glob(pattern)]
    installed = {}
    for distribution in distributions(path=found):
        name = canonicalize_name(distribution.metadata["Name"] or "")
        installed[name] = distribution
    wanted = _wanted(directory)
    return bool(
        wanted <= set(installed) if wanted else set(installed) - _own(installed)
    )


def _wanted(directory):
    try:
        file = project_requirements.default(directory)
        stated = project_requirements.read(file).wanted if file.is_file() else ()
    except ToolError:
        # What is wrong with it is told where it is needed.
        return set()
    applying = [r for r in stated if r.marker is None or r.marker.evaluate()]
    return {canonicalize_name(requirement.name) for requirement in applying}


def _own(installed):
    """The names of the tool, of what it needs, and of installers."""
    found, new = set(_INSTALLERS), [_TOOL]
    while new:
        name = new.pop()
        found.add(name)
        distribution = installed.get(name)
        for line in (distribution.requires if distribution else None) or ():
            try:
                needed = canonicalize_name(Requirement(line).name)
            except InvalidRequirement:
                continue
            if needed not in found:
                new.append(needed)
    return found
