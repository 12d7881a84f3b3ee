"""The locks of uv and Poetry, which these programs export as PEP 751 says."""

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from isthmus_cli import lock_names, project
from isthmus_cli.cpython import pylock, running
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError


class _Program(NamedTuple):
    """One that locks a pyproject.toml in a format of its own.

    :ivar lock: the name of its file.
    :ivar export: what writes its lock, of the project alone and of no development
        group, as pylock.toml.
    :ivar extra: the option for an extra.
    :ivar group: the option for a dependency group.
    """

    name: str
    lock: str
    export: tuple
    extra: str
    group: str

    def words(self, extras, groups):
        """The command line, without the program and the output."""
        chosen = [(self.extra, name) for name in extras]
        chosen += [(self.group, name) for name in groups]
        return [*self.export, *(word for pair in chosen for word in pair)]


_EXPORT = ("export", "--format", lock_names.PYLOCK)
_PROGRAMS = (
    _Program(
        "uv",
        lock_names.UV,
        # Not from a lock that pyproject.toml has outrun.
        (*_EXPORT, "--locked", "--no-emit-project", "--no-default-groups"),
        "--extra",
        "--group",
    ),
    _Program("poetry", lock_names.POETRY, _EXPORT, "--extras", "--with"),
)


def lock(file, extras=(), groups=()):
    """The pylock.Lock of a uv.lock or poetry.lock beside a file; None without one.

    :param file: the path of the requirements: only a pyproject.toml is locked so.
    :raises ToolError: the program is not installed, or refuses to export the lock.
    """
    program, path = _beside(file)
    return _exported(program, path, program.words(extras, groups)) if program else None


def lock_file(file):
    """The path of that uv.lock or poetry.lock; None without one. Nothing is run."""
    return _beside(file)[1]


def _beside(file):
    for program in _PROGRAMS:
        beside = Path(file).with_name(program.lock)
        if Path(file).name == project.FILE and beside.exists():
            return program, beside
    return None, None


def _exported(program, path, words):
    found = shutil.which(program.name)
    command_line = " ".join([program.name, *words])
    if found is None:
        command = "%s -o %s" % (command_line, lock_names.PYLOCK)
        raise ToolError(Python3Rule.EXPORTER_ABSENT, path, program.name, command)
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        made = Path(place, lock_names.PYLOCK).resolve()
        done = running.run([found, *words, "-o", made], cwd=path.parent)
        if done.returncode != 0:
            message = running.last_lines(done.stderr or done.stdout)
            raise ToolError(Python3Rule.EXPORT_FAILED, path, command_line, message)
        exported = pylock.Lock(made)
    # For messages: the file that can be changed.
    exported.path = path
    return exported
