"""Finds the application: the one that is named, or the one that convention says."""

import re
from pathlib import Path
from typing import NamedTuple

from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError

MODULES = ("wsgi", "app", "hello")
CALLABLES = ("application", "app")
CONVENTION = (
    "looked for application or app in wsgi.py, app.py and hello.py, in a wsgi.py one"
    " directory below, and for a main section in an .ini file"
)

_SPEC = re.compile(r"[\w.]+:[\w.]+(\(\))?(\.\w+)?")
_DEPLOY = re.compile(r"(?m)^\[(app|application|composite|composit|pipeline):main\]")


class App(NamedTuple):
    """An application.

    spec  what the setting ``isthmus.app`` names it by
    root  the directory that its modules are imported from
    """

    spec: str
    root: Path

    @property
    def module(self):
        """The dotted name of the module, or None for a configuration of Paste's."""
        return None if self.spec.startswith("config:") else self.spec.split(":")[0]


def find(named, directory):
    """The application that a command is about.

    :param named: ``package.module:callable``, ``path/to/app.py:callable``, an ``.ini``
        file of Paste Deploy's with or without ``#section``, a directory; or None.
    :param directory: where names are relative to.
    :raises ToolError: if there is none, or more than one that might be meant.
    """
    if named is None:
        return _by_convention(directory)
    path = directory / named
    if path.is_dir():
        return _by_convention(path)
    file, _, section = named.partition("#")
    if file.endswith(".ini"):
        return _configuration(directory, file, section)
    file, _, callable_ = named.rpartition(":")
    if file.endswith(".py"):
        return _of_file(named, directory / file, callable_)
    if named.endswith(".py"):
        return _of_file(named, path, None)
    if not _SPEC.fullmatch(named):
        why = (
            "it is neither module:callable, file.py:callable, file.ini nor a directory"
        )
        raise ToolError(Rule.APP_UNKNOWN, named, why)
    return App(named, directory)


def _configuration(directory, file, section):
    path = directory / file
    if not path.is_file():
        raise ToolError(Rule.APP_UNKNOWN, file, "there is no such file")
    suffix = "#" + section if section else ""
    if Path(file).is_absolute() or ".." in Path(file).parts:
        return App("config:" + path.name + suffix, path.parent)
    return App("config:" + Path(file).as_posix() + suffix, directory)


def _of_file(named, path, callable_):
    if not path.is_file():
        near = nearest(path.name, [p.name for p in path.parent.glob("*.py")])
        raise ToolError(Rule.APP_UNKNOWN, named, "there is no such file." + near)
    callable_ = callable_ or _callable(path)
    if callable_ is None:
        why = "it defines neither application nor app"
        raise ToolError(Rule.APP_UNKNOWN, named, why)
    root, parts = path.parent, [] if path.stem == "__init__" else [path.stem]
    while (root / "__init__.py").exists():
        root, parts = root.parent, [root.name, *parts]
    return App("%s:%s" % (".".join(parts), callable_), root)


def _by_convention(directory):
    for module in MODULES:
        name = _callable(directory / (module + ".py"))
        if name:
            return App("%s:%s" % (module, name), directory)
    for found in (_below(directory), _deployed(directory)):
        if len(found) > 1:
            why = "more than one might be meant: %s" % ", ".join(a.spec for a in found)
            raise ToolError(Rule.APP_ABSENT, directory, why)
        if found:
            return found[0]
    raise ToolError(Rule.APP_ABSENT, directory, CONVENTION)


def _below(directory):
    """Django's place: a wsgi.py in the package that startproject makes."""
    files = sorted(directory.glob("[!.]*/wsgi.py"))
    named = [(file.parent.name, _callable(file)) for file in files]
    return [App("%s.wsgi:%s" % pair, directory) for pair in named if pair[1]]


def _deployed(directory):
    files = [f for f in sorted(directory.glob("*.ini")) if _DEPLOY.search(_text(f))]
    return [App("config:" + file.name, directory) for file in files]


def _callable(path):
    """Which of the usual names a source binds at its top level, or None."""
    text = _text(path) if path.is_file() else ""
    for name in CALLABLES:
        # Read, not imported: it may be Python 2.
        bound = r"(?m)^(%s\s*=|(def|class)\s+%s\b|(from|import)\b.*\b%s\b)"
        if re.search(bound % (name, name, name), text):
            return name
    return None


def _text(path):
    try:
        return path.read_text("utf-8", "replace")
    except OSError as error:
        raise ToolError(Rule.FILE_UNREADABLE, path, error.strerror) from error
