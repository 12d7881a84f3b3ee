"""Which engine runs an application: Jython (Python 2.7) or CPython (Python 3).

Asked in this order: the option, [tool.isthmus], requires-python or Poetry's python, the
locks of this tool, the sources, the requirements, the hints. The first that decides
wins.
"""

import re
from pathlib import Path
from typing import NamedTuple

from packaging.pylock import is_valid_pylock_path
from packaging.utils import canonicalize_name
from packaging.version import Version

from isthmus_cli import (
    admitted,
    console,
    hints,
    importable,
    lock_names,
    project_requirements,
    python3_syntax,
)
from isthmus_cli.rules import ToolError
from isthmus_cli.war import archive, tree

JYTHON = "jython"
CPYTHON = "cpython"
NAMES = (JYTHON, CPYTHON)

_JAVA = re.compile(rb"^[ \t]*(?:from|import)[ \t]+(javax?|jakarta|org\.\w+)\b", re.M)
_NEW_MODULES = re.compile(
    rb"^(?:from|import)[ \t]+(%s|graphlib|pathlib|secrets|selectors|statistics|tomllib"
    rb"|zoneinfo)\b" % "|".join(map(re.escape, sorted(importable.ONLY_3))).encode(),
    re.M,
)
# Those that a library gives to Python 2.7 under the same name.
_LENDERS = {"pathlib": "pathlib", "statistics": "statistics", "urllib": "future"}
# Of 2.7 the last; of 3 any that some constraint may mean.
_2 = "2.7.18"
_3 = [form % n for n in range(30) for form in ("3.%d", "3.%d.9")]
_PYTHON_2 = {"python_version": "2.7", "python_full_version": "2.7.18"}
# Those that web applications are made of, with the first release without Python 2.7; 0
# if Jython runs none, such as those in C.
_FIRST_FOR_3 = {
    "a2wsgi": "0",
    "alembic": "1.7",
    "bottle": "0.14",
    "celery": "5",
    "cherrypy": "18",
    "django": "2",
    "djangorestframework": "3.10",
    "falcon": "3",
    "fastapi": "0",
    "flask": "2",
    "httpx": "0",
    "jinja2": "3",
    "litestar": "0",
    "lxml": "0",
    "matplotlib": "0",
    "numpy": "0",
    "pandas": "0",
    "pillow": "0",
    "psycopg": "0",
    "pydantic": "0",
    "pyramid": "2",
    "quart": "0",
    "requests": "2.28",
    "scikit-learn": "0",
    "scipy": "0",
    "sqlalchemy": "2",
    "starlette": "0",
    "werkzeug": "2",
    "whitenoise": "5",
    "wsgidav": "4",
}


class Choice(NamedTuple):
    """An engine, and why it was chosen; None if it is the default."""

    name: str
    why: str


def choose(named, root, requirements=None, lib=None, directory=None):
    """The Choice for an application.

    :param named: the value of --engine, or None.
    :param root: the directory of its sources.
    :param requirements: the path of its requirements; by default the project's.
    :param lib: a directory of libraries, which are not its sources.
    :param directory: the project's; by default the current one.
    """
    if named:
        return Choice(named, "it is named")
    directory = directory or Path()
    file = requirements or project_requirements.default(directory)
    ways = (
        lambda: _of_project(directory),
        lambda: _of_locks(Path(file)),
        lambda: _of_sources(root, [lib] if lib else [], Path(file)),
        lambda: _of_requirements(Path(file)),
        lambda: _of_hints(directory, Path(file)),
    )
    found = next(filter(None, (way() for way in ways)), None)
    return found or Choice(JYTHON, None)


def tell(choice):
    """Say in one line which engine was chosen, and why."""
    console.err().print(described(choice))


def described(choice):
    """The line that says so."""
    if choice.name == CPYTHON:
        line = "Python 3, because %s. --engine %s is for Python 2.7."
        return line % (choice.why, JYTHON)
    if choice.why:
        line = "Python 2.7 (Jython), because %s. --engine %s is for Python 3."
        return line % (choice.why, CPYTHON)
    line = "Python 2.7 (Jython), because nothing asks for Python 3. For that, with the"
    return line + " newest libraries: --engine %s." % CPYTHON


def _of_project(directory):
    python = admitted.of(directory)
    if python is None:
        return None
    has_2 = python.has(_2)
    if has_2 == any(map(python.has, _3)):
        return None
    why = "%s is '%s'" % (python.place, python.text)
    return Choice(JYTHON if has_2 else CPYTHON, why)


def _of_locks(requirements):
    """Of what -r names, if that is a lock; else of the locks beside it."""
    # pylock.prod.toml, too: PEP 751, "File Name".
    if is_valid_pylock_path(requirements) and requirements.is_file():
        return Choice(CPYTHON, "%s is named" % requirements.name)
    found = {
        JYTHON: requirements.with_name(lock_names.ISTHMUS),
        CPYTHON: requirements.with_name(lock_names.PYLOCK),
    }
    there = [name for name, path in found.items() if path.is_file()]
    if len(there) != 1:
        return None
    return Choice(there[0], "%s exists" % found[there[0]].name)


def _of_sources(root, ignored, requirements):
    """What a source says that only one Python understands; Java counts for Jython."""
    newer = None
    files = tree.files(root, tree.Selection(), ignored)
    lent = _lent(files, ignored, _names(requirements))
    for name, path in files.items():
        if not name.endswith(".py"):
            continue
        octets = archive.octets(path)
        java = _JAVA.search(octets)
        if java:
            return Choice(JYTHON, "%s imports %s" % (name, java.group(1).decode()))
        refusal = python3_syntax.refusal(octets)
        if refusal:
            why = "%s is not Python 3 (line %s: %s)" % (name, *refusal)
            return Choice(JYTHON, why)
        newer = newer or _newer(name, octets, lent)
    return newer


def _lent(files, libraries, required):
    """The modules that the application has of its own, or from a library."""
    own = {name.removesuffix(".py").partition("/")[0] for name in files}
    own |= {path.stem for lib in libraries for path in Path(lib).glob("*")}
    return own | {name for name, lender in _LENDERS.items() if lender in required}


def _newer(name, octets, lent):
    syntax = python3_syntax.find(octets)
    if syntax:
        return Choice(CPYTHON, "%s has %s in line %d" % (name, syntax[1], syntax[0]))
    for found in _NEW_MODULES.finditer(octets):
        module = found.group(1).decode()
        if module.partition(".")[0] not in lent:
            return Choice(CPYTHON, "%s imports %s" % (name, module))
    return None


def _of_requirements(file):
    required = _required(file)
    of_2 = {canonicalize_name(r.name) for r in required if _is_of_2(r)}
    for requirement in required:
        name = canonicalize_name(requirement.name)
        if name in of_2 and not _is_of_2(requirement):
            # Another line is for Python 2.7.
            continue
        first = _FIRST_FOR_3.get(name)
        if first is not None and not _admits_older(requirement.specifier, first):
            return Choice(CPYTHON, "%s asks for %s" % (file.name, requirement))
    return None


def _of_hints(directory, file):
    why = hints.why(directory, _names(file))
    return why and Choice(CPYTHON, why)


def _names(file):
    return {canonicalize_name(r.name) for r in _required(file)}


def _is_of_2(requirement):
    """Whether a requirement applies to Python 2.7."""
    return requirement.marker is None or requirement.marker.evaluate(_PYTHON_2)


def _required(file):
    """The requirements of a file; none if it cannot be read."""
    try:
        return project_requirements.read(file).wanted if file.is_file() else ()
    except ToolError:
        # Errors in it are reported where it is used.
        return ()


def _admits_older(specifier, first):
    """Whether some version before the first one for Python 3 alone is admitted."""
    if Version(first) == Version("0"):
        return False
    for bound in specifier:
        version = Version(bound.version.removesuffix(".*"))
        is_lower = bound.operator in (">=", ">", "==", "===", "~=")
        if is_lower and version >= Version(first):
            return False
    return True
