"""Checks the Python: syntax of Python 3, missing modules, C extensions."""

import re

from isthmus import absent
from isthmus.jython import extensions, python3
from isthmus_cli import distributions, importable, python3_syntax
from isthmus_cli.doctor import sys_path, web_xml
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import APP, LIB_PYTHON
from isthmus_cli.names import nearest
from isthmus_cli.rules import ToolError
from isthmus_cli.war import compiling

# Of Jython 2.7.4: those in Java (sys.builtin_module_names), and those that it creates.
_BUILT_IN = frozenset(
    "__builtin__ _ast _bytecodetools _codecs _collections _csv _functools _hashlib _imp"
    " _json _jyio _jythonlib _locale _marshal _py_compile _random _sre _threading"
    " _weakref array binascii bz2 cPickle cStringIO cmath errno exceptions gc itertools"
    " jarray jffi math operator posix struct synchronize sys thread time ucnhash"
    " zipimport __main__ isthmus".split()
)
_RELEASE = "Install a release of that library for Python 2.7 (`isthmus lock`)."
_ABSENT = (
    "install the library that has it (`isthmus lock`). If the application is for Python"
    " 3: `isthmus war --engine cpython`"
)
# Prefixes of Java packages; those in jars are added.
_JAVA = frozenset("com jakarta java javax jdk netscape org sun".split())


def check(app):
    """Yield the Findings of a WebApp's Python."""
    sources = {name: app.read(APP + name) for name in app.below(APP, ".py")}
    yield from _syntax({APP + name: octets for name, octets in sources.items()})
    yield from _inert(app)
    known = _Known(app, sources)
    if known.is_complete:
        imported = set()
        for name, octets in sources.items():
            yield from _imports(APP + name, name, octets, known, imported)
        yield from _libraries(app, known, imported)


def _syntax(sources, root=APP):
    """Check the sources with CPython's parser, and, if there is Java, with Jython.

    :param sources: octets by name in the WAR.
    :param root: the directory on sys.path that contains them.
    """
    reported = set()
    for name, octets in sources.items():
        syntax = python3_syntax.find(octets)
        if syntax:
            reported.add(name)
            yield found(Sign.PYTHON3_SYNTAX, syntax[0], name, syntax[1])
    try:
        _, offenders = compiling.compile_sources(sources, [root])
    except ToolError:
        # No Java, or no jars and no way to get them: the findings without them are
        # right.
        return
    for offender in offenders:
        if offender.name not in reported:
            yield found(Sign.PYTHON_REFUSED, offender.name, offender.reason)


def _inert(app):
    for name in app.below(LIB_PYTHON):
        if distributions.is_compiled(name) and re.search(r"\.(so|pyd|dylib)\b", name):
            yield found(Sign.C_EXTENSION_INERT, name)


class _Known:
    """The importable modules.

    :ivar is_complete: False if sys.path has entries that cannot be seen here.
    """

    def __init__(self, app, sources):
        self._own = set().union(*(_modules(app, root) for root in sys_path.roots(app)))
        installed = _modules(app, LIB_PYTHON)
        self._files = self._own | installed
        # Only the first name counts for these: six.moves and the like are not files.
        self._libraries = {name.split(".")[0] for name in installed}
        # A library may add one of its directories to sys.path: PasteWebKit does.
        self._within = {end for name in installed for end in _ends(name)}
        self._jython = set(_BUILT_IN)
        self._java = set(_JAVA)
        for jar in app.jars:
            self._java |= {n.split("/")[0] for n in jar.classes() if "/" in n}
            lib = [n[4:] for n in jar.entries if n.startswith("Lib/")]
            self._jython |= {importable.dotted(n) for n in lib if n.endswith(".py")}
        has_jython = any("Lib/os.py" in jar.entries for jar in app.jars)
        self.is_complete = has_jython and not sys_path.is_open(app)
        self._lent = _lent(app, sources)

    def has_any(self, ways):
        """Tell whether one of the modules that an import may mean can be imported.

        :param ways: the absolute one last, preceded by one of the same package.
        """
        return self.has(ways[-1]) or any(way in self._files for way in ways)

    def has(self, name):
        """Tell whether a module can be imported, as far as files show."""
        top = name.split(".")[0]
        if top in self._java or top in self._libraries or name in self._own:
            return True
        if top in self._lent or name in self._within:
            return True
        if top in self._own or extensions.instead(name):
            return False
        return top in self._jython and not python3.instead(name)

    def near(self, name):
        """Return a sentence with a suggestion, or nothing."""
        distribution = absent.distribution(name)
        if distribution:
            return " It is part of %s." % distribution
        return nearest(name, self._own | self._libraries) or nearest(name, self._jython)


def _lent(app, sources):
    """Return the modules that the application borrows from isthmus.compat."""
    modules = {module: name for name, module in extensions.LENT.items()}
    named = web_xml.preloaded_text(app)
    for octets in sources.values():
        named += octets.decode("utf-8", "replace")
    asked = re.findall(r"isthmus\.compat(?:\s+import\s+|\.)(\w+)", named)
    return {modules[name] for name in asked if name in modules}


def _ends(name):
    """Yield the ends of a module's dotted name that still include a package."""
    parts = name.split(".")
    for first in range(1, len(parts) - 1):
        yield ".".join(parts[first:])


def _modules(app, directory):
    """Return the dotted names of the modules and packages below a directory."""
    stems = {name[: -len(".py")] for name in app.below(directory, ".py")}
    stems |= {name[: -len("$py.class")] for name in app.below(directory, "$py.class")}
    names = set()
    for stem in stems:
        names.update(importable.with_parents(importable.dotted(stem + ".py")))
    return names


def _imports(place, name, octets, known, imported):
    """Yield the Findings of a source's unindented imports.

    :param place: the source's path in the WAR.
    :param name: the source's path below an entry of sys.path.
    :param imported: collects the names that may be modules.
    """
    reported = set()
    text = octets.decode("utf-8-sig", "replace")
    for modules, is_module in importable.imports(name, text):
        module = modules[-1]
        imported.update(part for m in modules for part in importable.with_parents(m))
        if not is_module or module in reported or not module:
            continue
        reported.add(module)
        if not known.has_any(modules):
            yield _absent(place, module, known)


def _absent(place, module, known):
    instead = extensions.instead(module)
    if instead:
        remedy = (instead.rstrip(","),)
        return found(Sign.C_EXTENSION_NEEDED, place, module, remedy=remedy)
    instead = python3.instead(module)
    if instead:
        remedy = (_RELEASE if place.startswith(LIB_PYTHON) else instead,)
        return found(Sign.PYTHON3_IMPORT, place, module, remedy=remedy)
    values = place, module, "Jython", known.near(module)
    return found(Sign.MODULE_ABSENT, *values, remedy=(_ABSENT,))


def _libraries(app, known, imported):
    """Follow the imports into the libraries: can the modules reached be imported?

    :param imported: the application's imports, and the packages that they are in.
    """
    places = {importable.dotted(name): name for name in app.below(LIB_PYTHON, ".py")}
    reached, pending = {}, set(imported)
    findings = []
    while pending:
        module = pending.pop()
        name = places.pop(module, None)
        if name is not None:
            octets = app.read(LIB_PYTHON + name)
            reached[LIB_PYTHON + name] = octets
            own = set()
            findings += _imports(LIB_PYTHON + name, name, octets, known, own)
            pending |= own
    # Sorted by name, because a set has no order.
    yield from _syntax(dict(sorted(reached.items())), LIB_PYTHON)
    yield from sorted(findings)
