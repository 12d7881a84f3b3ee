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
from isthmus_cli.python3_rules import Python3Rule
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
_ACTIVE = "VIRTUAL_ENV"
_TIMEOUT_SECONDS = 60
# What to do about an environment that cannot be used.
_CORRECT = "Correct the environment variable %s, or unset it"
_SYNC = "Create it with `uv sync`, or correct the environment variable %s"
_AGAIN = "Create it again, as with `python3 -m venv --clear %s`"
_INSTALL = "Install `%s`, or create .venv in the project's directory"


class Looked(NamedTuple):
    """What was found.

    python  the path of the environment's interpreter, or None
    passed  a ToolError for each environment that would come first and cannot be used
    """

    python: Path
    passed: list


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
    return look(directory, asks).python


def look(directory, asks=False):
    """Return the Looked of the same."""
    passed, seen = [], set()
    for place, origin in _places(Path(directory), asks, passed):
        if os.path.realpath(place) in seen:
            continue
        seen.add(os.path.realpath(place))
        why = _lacks(place)
        if why is None:
            # Not resolved: the link's place leads to the environment.
            return Looked(_program(place).absolute(), passed)
        # A file .venv is that of another tool, such as Pipenv or virtualenvwrapper.
        if origin or (os.path.lexists(place) and not place.is_file()):
            form = _SYNC if origin == _UV else _CORRECT
            remedy = form % origin if origin else _AGAIN % place
            passed.append(_passed_over("'%s'" % place, why, remedy))
    return Looked(None, passed)


def _lacks(place):
    """Why a place is no environment that can be used; None if it is one."""
    if not place.is_dir():
        return "there is no such directory"
    if not (place / MARK).is_file():
        return "it has no " + MARK
    return None if _program(place) else "its %s is not there" % _PROGRAM[0]


def _program(place):
    paths = [place / name for name in _PROGRAM]
    return next((path for path in paths if path.exists()), None)


def _passed_over(which, why, remedy):
    return ToolError(Python3Rule.ENVIRONMENT_PASSED_OVER, which, why, remedy)


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


def _places(directory, asks, passed):
    """Yield where it may be, the first choice first, and the variable that says so.

    :param passed: gets what cannot be asked.
    """
    active = os.environ.get(_ACTIVE)
    is_tools = active and os.path.realpath(active) == os.path.realpath(sys.prefix)
    if active and not is_tools:
        yield Path(active), _ACTIVE
    if os.environ.get(_UV):
        yield directory / os.environ[_UV], _UV
    yield from ((directory / name, None) for name in _NAMES)
    if asks:
        yield from ((place, None) for place in _kept(directory, passed))
    if is_tools and _has_libraries(Path(active), directory):
        yield Path(active), _ACTIVE


def _kept(directory, passed):
    """Yield what Poetry and Pipenv say of their projects."""
    for keeper in _KEEPERS:
        if not (directory / keeper.mark).is_file():
            continue
        program = shutil.which(keeper.words[0])
        if not program:
            why = "`%s`, which knows where it is, is not on PATH" % keeper.words[0]
            remedy = _INSTALL % keeper.words[0]
            passed.append(_passed_over("of " + keeper.mark, why, remedy))
            continue
        # Or they would answer with the tool's own environment.
        variables = running.environment()
        variables.pop(_ACTIVE, None)
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
