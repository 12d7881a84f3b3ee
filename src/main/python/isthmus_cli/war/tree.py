"""The files below a directory that go into a web application."""

import fnmatch
import os
from pathlib import Path

from isthmus_cli import lock_names
from isthmus_cli.rules import Rule, ToolError

# Never needed at run time: files of version control, tools, tests, builds.
BYTECODE = ("__pycache__", "*.py[co]", "*$py.class")
# What an application has written while it was tried: not for the server, whose own copy
# a redeployment would replace.
DATA = [
    "*.%s%s" % (kind, more)
    for kind in ("db", "db3", "sqlite", "sqlite3")
    for more in ("", "-journal", "-shm", "-wal")
]
EXCLUDED = (*BYTECODE, ".*", "*.egg-info", "*~", "*.war", "node_modules", *DATA)
# Of Flask and MLflow, beside the project's own files or its packages; a package of such
# a name is code.
DATA_AT_TOP = ("instance", "mlartifacts", "mlruns")
# Likewise, but only among the project's own top-level files.
EXCLUDED_AT_TOP = (
    *DATA_AT_TOP,
    "build",
    "conftest.py",
    "dist",
    lock_names.ISTHMUS,
    lock_names.POETRY,
    lock_names.PYLOCKS,
    "pyproject.toml",
    "requirements*.txt",
    "setup.cfg",
    "setup.py",
    "target",
    "test",
    "test_*.py",
    "tests",
    "tox.ini",
    lock_names.UV,
)


# A directory with one of these is a virtual environment, or a web application.
OTHERS = ("pyvenv.cfg", "WEB-INF")


class Selection:
    """Selects files of a tree: by pattern of a path, or of a part of one.

    :param excluded: patterns (fnmatch) of files to leave out, which override all
        others.
    :param included: patterns of files to include although they are usually left out.
    :param usual: patterns of files that are usually left out.
    :param top: the same, for files in the tree's own directory.
    :param further: directories with packages, such as src, where the names of data
        among the top patterns are left out, too.
    """

    def __init__(
        self,
        excluded=(),
        included=(),
        usual=EXCLUDED,
        top=EXCLUDED_AT_TOP,
        further=(),
    ):
        self._excluded = [pattern.rstrip("/") for pattern in excluded]
        self._included = [pattern.rstrip("/") for pattern in included]
        self._usual = tuple(usual)
        self._top = tuple(top)
        self._data_at_top = tuple(p for p in top if p in DATA_AT_TOP)
        self._further = tuple(further)

    def takes(self, name):
        """Whether the name of a file or directory is selected."""
        if _matches(name, self._excluded):
            return False
        if self.names(name):
            return True
        place, _, last = name.rpartition("/")
        usual = self._usual + (() if place else self._top)
        if place in self._further:
            usual += self._data_at_top
        return not any(fnmatch.fnmatchcase(last, pattern) for pattern in usual)

    def names(self, name):
        """Whether a pattern explicitly includes it, or a directory around it."""
        parts = name.split("/")
        above = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
        return any(_matches(path, self._included) for path in above)

    def enters(self, name, is_package=False):
        """Whether a directory may contain something selected."""
        if _matches(name, self._excluded):
            return False
        if is_package and name.rpartition("/")[2] in self._data_at_top:
            return True
        asked = any(pattern.startswith(name + "/") for pattern in self._included)
        return asked or self.takes(name)


def _matches(name, patterns):
    last = name.rpartition("/")[2]
    return any(
        fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase(last, pattern)
        for pattern in patterns
    )


def data(names, further=()):
    """Those of names that are left out as data; a directory's files as one name.

    :param further: as for a Selection.
    """
    tops = ["%s%s/" % (p and p + "/", n) for p in ("", *further) for n in DATA_AT_TOP]
    found = {}
    for name in names:
        top = next((top for top in tops if name.startswith(top)), None)
        if top or any(fnmatch.fnmatchcase(name, pattern) for pattern in DATA):
            found[top or name] = None
    return list(found)


def directories(directory, name):
    """The directories of a name below a project's own, but not below one another.

    None is in what a WAR would leave out, or in a virtual environment.
    """
    chosen = Selection(top=())
    for place, names, others in os.walk(directory):
        if place != str(directory) and any(other in OTHERS for other in names + others):
            names[:] = []
        for found in sorted(names):
            if found == name:
                yield Path(place, found)
        names[:] = [n for n in names if n != name and chosen.takes(n)]


def files(directory, selection, ignored=()):
    """{name: path} of the selected files below a directory, following links.

    :param ignored: paths of files and directories with another purpose.
    :raises ToolError: for a link that is circular or broken, and for anything that is
        not a file, such as a socket.
    """
    found = {}
    ignored = {os.path.realpath(path) for path in ignored}
    _walk(Path(directory), "", selection, ignored, (), found)
    return found


def _walk(directory, prefix, selection, ignored, above, found):
    real = os.path.realpath(directory)
    if real in above:
        raise ToolError(
            Rule.FILE_UNREADABLE, directory, "it is a link to where it is in"
        )
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError as error:
        raise ToolError(Rule.FILE_UNREADABLE, directory, error.strerror) from error
    if prefix and any(entry.name in OTHERS for entry in entries):
        return
    for entry in entries:
        name = prefix + entry.name
        if os.path.realpath(entry.path) in ignored:
            continue
        if _is_directory(entry):
            is_package = os.path.isfile(os.path.join(entry.path, "__init__.py"))
            if selection.enters(name, is_package):
                inner = (Path(entry.path), name + "/", selection, ignored)
                _walk(*inner, (*above, real), found)
        elif selection.takes(name):
            found[name] = _regular(Path(entry.path))


def _is_directory(entry):
    try:
        return entry.is_dir()
    except OSError as error:
        # Links that form a cycle.
        path = Path(entry.path)
        raise ToolError(Rule.FILE_UNREADABLE, path, error.strerror) from error


def _regular(path):
    if path.is_file():
        return path
    why = "it is a link to nothing" if path.is_symlink() else "it is no regular file"
    raise ToolError(Rule.FILE_UNREADABLE, path, why)
