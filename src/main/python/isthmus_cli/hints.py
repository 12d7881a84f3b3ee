"""What lies beside a project and hints at Python 3, though it proves nothing.

Each may be there for a program that is not the application, so sources and requirements
are asked before it.
"""

import re

from packaging.utils import canonicalize_name

from isthmus_cli import lock_names, poetry, project
from isthmus_cli.cpython import environments
from isthmus_cli.rules import ToolError

_PYENV = ".python-version"
_VENV = ".venv"
# Those of uv: 3.12, cpython-3.12.1, cpython@3.12.
_PYTHON_3 = re.compile(r"(?:(?:cpython|python)[@-])?3(?:\.|$)")


def why(directory, required):
    """Return why a project seems to be for Python 3, or None.

    :param directory: of the project, a pathlib.Path.
    :param required: the canonical names of its requirements.
    """
    return _locked(directory) or _pinned(directory) or _installed(directory, required)


def _locked(directory):
    """uv's lock, or Poetry's, unless it says that it is for Python 2.7, too."""
    for name in (lock_names.UV, lock_names.POETRY):
        if not (directory / name).is_file():
            continue
        try:
            lock = project.load(directory / name)
        except ToolError:
            # Reported where it is used.
            continue
        metadata = lock.get("metadata")
        stated = metadata.get("python-versions") if isinstance(metadata, dict) else None
        if not poetry.admits_2(stated or lock.get("requires-python") or ">=3"):
            return "%s exists" % name
    return None


def _pinned(directory):
    lines = _text(directory / _PYENV).split()
    if lines and all(_PYTHON_3.match(line) for line in lines):
        return "%s is %s" % (_PYENV, lines[0])
    return None


def _installed(directory, required):
    """A virtual environment of Python 3 that has a library of the application.

    Without one it may be that of `isthmus` itself.
    """
    place = directory / _VENV
    version = environments.version(place)
    if not version or not version.startswith("3."):
        return None
    folders = environments.LIBRARIES
    every = [p for folder in folders for p in place.glob(folder + "/*.dist-info")]
    there = {canonicalize_name(p.name.partition("-")[0]) for p in every}
    library = min(there & set(required), default=None)
    return library and "%s has Python %s with %s" % (_VENV, version, library)


def _text(path):
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
