"""Finds imports of modules that a Python 3 web application lacks, and runs nothing."""

import ast
import re
from pathlib import PurePosixPath

from isthmus import absent
from isthmus_cli import importable
from isthmus_cli.doctor import extensions, lacking, sys_path, web_xml
from isthmus_cli.doctor.project_python3 import LENT, standard
from isthmus_cli.doctor.signs import WARNING, Sign, found
from isthmus_cli.doctor.webapp import APP, CLASSES, LIB_PYTHON
from isthmus_cli.names import nearest

_REMEDY = "add its library to the requirements, and build again with `isthmus war`"
_MODULE = re.compile(r"(.+/)?([^/.]+)\.(py|pyc|([\w-]+\.)?so)")
_OF_PYTHON = re.compile(r"lib/python3\.\d+/(?:lib-dynload/)?(.+)")
# Those that are in the interpreter, and in no file.
_BUILT_IN = frozenset(
    "atexit builtins errno faulthandler gc itertools marshal posix pwd sys time".split()
)
# A source with one of these may make modules importable that are elsewhere.
_MOVING = re.compile(rb"sys\.(path|modules|meta_path)|addsitedir|__path__")


def check(app):
    """Yield the Findings of a WebApp.

    An import that the application does not lead to is a warning: other programs may
    run that file. So is each import if a source may add to sys.path.
    """
    if not app.platforms or web_xml.names_python(app) or sys_path.is_open(app):
        # The server's Python may have libraries of its own.
        return
    sources = {name: app.read(APP + name) for name in app.below(APP, ".py")}
    imported = {name: list(_imported(name, sources[name])) for name in sources}
    known = _Known(app, sources)
    reached = _reached(app, imported)
    for name, pairs in imported.items():
        for module in dict.fromkeys(module for module, _ in pairs):
            if not known.has(module):
                values = APP + name, module, "CPython", known.near(module)
                finding = found(Sign.MODULE_ABSENT, *values, remedy=(_REMEDY,))
                is_sure = name in reached and not known.is_moving
                yield finding if is_sure else finding._replace(severity=WARNING)


def _imported(name, octets):
    """Yield (module, the names after `from ... import`) of what nothing surrounds."""
    tree = lacking.parsed(octets)
    for node in tree.body if tree else ():
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = name.split("/")[:-1]
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join(filter(None, [*above, node.module]))
            if module:
                yield module, [alias.name for alias in node.names]


def _reached(app, imported):
    """The sources that the import of the application leads to."""
    places = {}
    for root in sys_path.roots(app):
        for name in app.below(root, ".py"):
            places.setdefault(importable.dotted(name), root[len(APP) :] + name)
    reached, pending = set(), list(web_xml.sources(app))
    while pending:
        name = pending.pop()
        if name in reached or name not in imported:
            continue
        reached.add(name)
        for module, names in imported[name]:
            wanted = [module, *("%s.%s" % (module, name) for name in names)]
            ways = {part for one in wanted for part in importable.with_parents(one)}
            pending += [places[way] for way in ways if way in places]
    return reached


class _Known:
    """The importable modules.

    :ivar is_moving: whether a source may make others importable.
    """

    def __init__(self, app, sources):
        self._own = _modules(app.below(CLASSES))
        for root in sys_path.roots(app):
            self._own |= _modules(app.below(root))
        within = app.below(LIB_PYTHON)
        files = [extensions.FOLDER.sub("", LIB_PYTHON + name) for name in within]
        installed = _modules(name[len(LIB_PYTHON) :] for name in files)
        # Only the first name counts for these: six.moves and the like are not files.
        self._tops = {name.partition(".")[0] for name in installed}
        self._tops |= LENT | _of_python(app)
        self.is_moving = any(_MOVING.search(octets) for octets in sources.values())
        if self.is_moving:
            every = self._own | installed
            self._tops |= {part for name in every for part in name.split(".")}

    def has(self, module):
        return module.partition(".")[0] in self._tops or module in self._own

    def near(self, module):
        """A sentence with a suggestion, or nothing."""
        distribution = absent.distribution(module, for_python_3=True)
        if distribution:
            return " It is part of %s." % distribution
        public = {name for name in self._tops if not name.startswith("_")}
        return nearest(module, self._own | public)


def _of_python(app):
    """The first names of Python's own modules, on any platform of a WebApp.

    Which of the private ones are built in differs between the releases.
    """
    found = {*_BUILT_IN, *(name for name in standard() if name.startswith("_"))}
    for platform in app.platforms:
        inside = filter(None, map(_OF_PYTHON.fullmatch, app.python_files(platform)))
        modules = _modules(name.group(1) for name in inside)
        # None if the archive is damaged, which is another finding.
        found |= {name.partition(".")[0] for name in modules} or standard()
    return found


def _modules(names):
    """The dotted names of modules, and of the packages around them."""
    found = set()
    for name in names:
        parts = _MODULE.fullmatch(name)
        if parts and "__pycache__" not in name:
            path = PurePosixPath(parts.group(1) or "", parts.group(2) + ".py")
            found.update(importable.with_parents(importable.dotted(str(path))))
    return found
