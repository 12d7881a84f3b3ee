"""Creates a starter project from the templates in `starters`."""

import keyword
import re
import sys
import tempfile
from pathlib import Path
from string import Template
from typing import NamedTuple

from isthmus_cli import engines
from isthmus_cli.rules import Rule, ToolError

NOT_A_NAME = "it is not a letter followed by letters, digits, '-' and '_'"
TEMPLATES = Path(__file__).resolve().parent / "starters"

_SUFFIX = ".in"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Modules that a project's own would hide: Python's, and commonly used ones.
_TAKEN = {"django", "flask", "isthmus", "java", "javax", "jinja2", "org", "paste"}
_TAKEN |= {"app", "config", "hello", "html", "json", "logging", "manage", "os", "site"}
_TAKEN |= {"string", "sys", "test", "tests", "types", "unittest", "werkzeug", "wsgi"}
_TAKEN |= set(getattr(sys, "stdlib_module_names", ()))
# Those of them that are free on Python 3, where a package is in src/.
_FREE = {"app", "hello", "java", "javax", "manage", "org", "tests", "wsgi"}


class Kind(NamedTuple):
    """A starter, and what differs in it between the engines.

    what          its description, in a sentence
    app           the application on Jython
    requirements  the content of requirements.txt on Jython
    app3          the application on Python 3
    dependencies  the libraries on Python 3
    oldest        the oldest Python 3
    tested_with   the library that the test on Jython needs
    """

    what: str
    app: str
    requirements: str
    app3: str
    dependencies: tuple = ()
    tested_with: str = ""
    oldest: str = "3.9"

    def steps(self, engine):
        """The commands to continue with, in the project."""
        if engine == engines.CPYTHON:
            yield "python3 -m venv .venv"
            yield ".venv/bin/pip install -e . pytest"
            yield ".venv/bin/python -m pytest"
            yield "isthmus serve"
            yield "isthmus war"
            return
        if self.tested_with:
            yield "pip install %s  # for the test" % self.tested_with
        yield "python -m unittest"
        if not self.requirements.startswith("#"):
            yield "isthmus lock"
        yield "isthmus serve"
        yield "isthmus war"


KINDS = {
    "hello": Kind(
        "A WSGI application in one function.",
        "hello:application",
        "# Libraries, one a line. Then run `isthmus lock`.\n",
        "$module:application",
    ),
    "flask": Kind(
        "An application in Flask.",
        "app:app",
        "Flask\n",
        "$module:create_app()",
        ("Flask>=3",),
        "flask",
    ),
    "django": Kind(
        "A Django project.",
        "$module.wsgi:application",
        "Django\n",
        "$module.wsgi:application",
        ("Django~=5.2",),
        "django",
        "3.10",
    ),
    "paste": Kind(
        "A WSGI application that Paste Deploy makes of `application.ini`.",
        "application.ini",
        "PasteDeploy\nsetuptools\n",
        "application.ini",
        ("PasteDeploy>=3",),
    ),
}
# Further names of these.
SAME = {"plain": "hello"}


def start(directory, kind, engine):
    """Create a project; it appears completely or not at all.

    :param directory: its path, whose last part is its name; it may exist, if empty.
    :returns: the name.
    :param kind: a key of KINDS.
    :param engine: the name of the engine that it is for.
    :raises ToolError: if the name is unsuitable, or the directory is not empty.
    """
    name = directory.resolve().name
    module = name.replace("-", "_")
    is_python3 = engine == engines.CPYTHON
    is_module = is_python3 or kind in ("django", "paste")
    taken = _TAKEN - _FREE if is_python3 else _TAKEN
    if not _NAME.fullmatch(name):
        raise ToolError(Rule.NAME_ODD, name, NOT_A_NAME)
    if keyword.iskeyword(module):
        raise ToolError(Rule.NAME_ODD, name, "it is a keyword of Python")
    if is_module and module.lower() in taken:
        raise ToolError(Rule.NAME_ODD, name, "a module '%s' is there already" % module)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise ToolError(Rule.DIRECTORY_TAKEN, directory)
    _write(directory, dict(_files(kind, name, module, engine)))
    return name


def _files(kind, name, module, engine):
    """(path in the project, text) of each file."""
    is_python3 = engine == engines.CPYTHON
    chosen = KINDS[kind]
    values = {"name": name, "module": module, "what": chosen.what}
    app = chosen.app3 if is_python3 else chosen.app
    values["app"] = Template(app).substitute(values)
    values["dependencies"] = ", ".join('"%s"' % d for d in chosen.dependencies)
    values["oldest"] = chosen.oldest
    if not is_python3:
        yield "requirements.txt", chosen.requirements
    for folder in (("python3/" if is_python3 else "") + f for f in ("common", kind)):
        for template in sorted((TEMPLATES / folder).rglob("*" + _SUFFIX)):
            path = template.relative_to(TEMPLATES / folder).as_posix()
            text = Template(template.read_text("utf-8")).substitute(values)
            yield _renamed(path[: -len(_SUFFIX)], module), text


def _renamed(path, module):
    path = re.sub(r"^(src/)?package/", r"\g<1>%s/" % module, path)
    path = re.sub(r"^(test_)?module\.py$", r"\g<1>%s.py" % module, path)
    return ".gitignore" if path == "gitignore" else path


def _write(directory, files):
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        # On the same file system in both cases, so that nothing has to be copied.
        beside = directory if directory.is_dir() else directory.parent
        with tempfile.TemporaryDirectory(prefix=".isthmus-", dir=beside) as place:
            whole = Path(place, "whole")
            for path, text in files.items():
                file = whole / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            if beside is directory:
                _fill(directory, whole)
            else:
                whole.rename(directory)
    except OSError as error:
        why = error.strerror or error
        raise ToolError(Rule.OUTPUT_UNWRITABLE, directory, why) from error


def _fill(directory, whole):
    """Move a project into a directory that may be in use: all of it, or nothing.

    :param whole: the directory of the project, which gets it back after a failure.
    """
    paths = list(whole.iterdir())
    try:
        for path in paths:
            path.rename(directory / path.name)
    except BaseException:
        for path in paths:
            if not path.exists():
                (directory / path.name).rename(path)
        raise
