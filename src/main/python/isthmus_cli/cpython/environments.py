"""The project's virtual environment, found as other tools find it."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from isthmus_cli import lock_names, project_requirements
from isthmus_cli.cpython import running
from isthmus_cli.rules import ToolError

_NAMES = (".venv", "venv")
MARK = "pyvenv.cfg"
# That of venv, and of uv and virtualenv.
_VERSION = re.compile(r"^version(?:_info)?\s*=\s*(\d+\.\d+[.\d]*)", re.M)
_PROGRAM = ("Scripts/python.exe",) if os.name == "nt" else ("bin/python3", "bin/python")
LIBRARIES = ("lib/python3*/site-packages", "Lib/site-packages")
# What every environment may have.
_INSTALLERS = {"pip", "setuptools", "wheel"}
_TOOL = "isthmus"
# https://docs.astral.sh/uv/reference/environment/#uv_project_environment
_UV = "UV_PROJECT_ENVIRONMENT"
_TIMEOUT_SECONDS = 60


class _Keeper(NamedTuple):
    """A program that keeps environments elsewhere.

    :ivar mark: a file of its projects.
    :ivar words: what prints the path of the project's environment, and fails if there
        is none.
    """

    mark: str
    words: tuple


_KEEPERS = (
    _Keeper(lock_names.POETRY, ("poetry", "env", "info", "--path")),
    _Keeper("Pipfile", ("pipenv", "--venv")),
)


def find(directory, asks=False):
    """The path of its interpreter, or None.

    First the one that is active, then uv's if it is not `.venv`, `.venv` and `venv` in
    the directory, those of Poetry and Pipenv. If the tool itself is installed in the
    active one, that is taken last, and only if it has the project's libraries.

    :param directory: of the project.
    :param asks: whether to run Poetry or Pipenv, which may take a second.
    """
    for place in _places(Path(directory), asks):
        if (place / MARK).is_file():
            for name in _PROGRAM:
                if (place / name).exists():
                    # Not resolved: the link's place leads to the environment.
                    return (place / name).absolute()
    return None


def version(place):
    """The version of Python, such as 3.11.2, of an environment; None if it is unknown.

    :param place: the path of the environment.
    """
    try:
        text = (place / MARK).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = _VERSION.search(text)
    return found and found.group(1).rstrip(".")


def _places(directory, asks):
    """Yield where it may be, the first choice first."""
    active = os.environ.get("VIRTUAL_ENV")
    is_tools = active and os.path.realpath(active) == os.path.realpath(sys.prefix)
    if active and not is_tools:
        yield Path(active)
    if os.environ.get(_UV):
        yield directory / os.environ[_UV]
    yield from (directory / name for name in _NAMES)
    if asks:
        yield from _kept(directory)
    if is_tools and _has_libraries(Path(active), directory):
        yield Path(active)


def _kept(directory):
    """Yield what Poetry and Pipenv say of their projects."""
    for keeper in _KEEPERS:
        program = shutil.which(keeper.words[0])
        if not program or not (directory / keeper.mark).is_file():
            continue
        # Or they would answer with the tool's own environment.
        variables = running.environment()
        variables.pop("VIRTUAL_ENV", None)
        options = {"cwd": directory, "env": variables, "timeout": _TIMEOUT_SECONDS}
        try:
            done = running.run([program, *keeper.words[1:]], **options)
        except (OSError, subprocess.TimeoutExpired):
            continue
        lines = done.stdout.strip().splitlines()
        if done.returncode == 0 and lines:
            yield Path(lines[-1])


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
        # Errors in it are reported where it is used.
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
