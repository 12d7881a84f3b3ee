"""Looks at the Python: syntax of Python 3, modules that are nowhere, modules in C."""

import re

from isthmus.jython import extensions, python3
from isthmus_cli import distributions, importable, python3_syntax
from isthmus_cli.doctor import web_xml
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import APP, LIB_PYTHON
from isthmus_cli.names import nearest
from isthmus_cli.rules import ToolError
from isthmus_cli.war import compiling

# Of Jython 2.7.4: those in Java (sys.builtin_module_names), and what it makes itself.
_BUILT_IN = frozenset(
    "__builtin__ _ast _bytecodetools _codecs _collections _csv _functools _hashlib _imp"
    " _json _jyio _jythonlib _locale _marshal _py_compile _random _sre _threading"
    " _weakref array binascii bz2 cPickle cStringIO cmath errno exceptions gc itertools"
    " jarray jffi math operator posix struct synchronize sys thread time ucnhash"
    " zipimport __main__ isthmus".split()
)
# Packages of Java begin so; what jars have comes to it.
_JAVA = frozenset("com jakarta java javax jdk netscape org sun".split())


def check(app):
    """Yield the Findings of a WebApp's Python."""
    sources = {name: app.read(APP + name) for name in app.below(APP, ".py")}
    yield from _syntax({APP + name: octets for name, octets in sources.items()})
    yield from _inert(app)
    known = _Known(app, sources)
    if known.is_complete:
        for name, octets in sources.items():
            yield from _imports(name, octets, known)
        yield from _libraries(app, known)


def _syntax(sources):
    """Have CPython's parser look at the sources, and, where there is Java, Jython."""
    told = set()
    for name, octets in sources.items():
        syntax = python3_syntax.find(octets)
        if syntax:
            told.add(name)
            yield found(Sign.PYTHON3_SYNTAX, syntax[0], name, syntax[1])
    try:
        _, offenders = compiling.compile_sources(sources, [APP])
    except ToolError:
        # No Java, or no jars and no way to get them: what is said without is right.
        return
    for offender in offenders:
        if offender.name not in told:
            yield found(Sign.PYTHON_REFUSED, offender.name, offender.reason)


def _inert(app):
    for name in app.below(LIB_PYTHON):
        if distributions.is_compiled(name) and re.search(r"\.(so|pyd|dylib)\b", name):
            yield found(Sign.C_EXTENSION_INERT, name)


class _Known:
    """What can be imported.

    :ivar is_complete: False if sys.path has more than can be seen here.
    :ivar imported: first names of what the application imports.
    """

    def __init__(self, app, sources):
        self._own = _modules(app, APP)
        # Of these only the first name counts: six.moves and its like are no files.
        modules = _modules(app, LIB_PYTHON)
        self._libraries = {name.split(".")[0] for name in modules}
        # A library may put a directory of its own on sys.path: PasteWebKit does.
        self._within = {end for name in modules for end in _ends(name)}
        self._jython = set(_BUILT_IN)
        self._java = set(_JAVA)
        for jar in app.jars:
            self._java |= {n.split("/")[0] for n in jar.classes() if "/" in n}
            lib = [n[4:] for n in jar.entries if n.startswith("Lib/")]
            self._jython |= {importable.dotted(n) for n in lib if n.endswith(".py")}
        has_jython = any("Lib/os.py" in jar.entries for jar in app.jars)
        more = any(_leads_elsewhere(name) for name in app.below(LIB_PYTHON))
        self.is_complete = has_jython and not more and not _has_further_path(app)
        self.imported = set()

    def has(self, name):
        """Tell whether a module can be imported, as far as files tell."""
        top = name.split(".")[0]
        if top in self._java or top in self._libraries or name in self._own:
            return True
        if name in self._within:
            return True
        if top in self._own or extensions.instead(name):
            return False
        return top in self._jython and not python3.instead(name)

    def near(self, name):
        """Return a sentence with the name that was probably meant, or nothing."""
        return nearest(name, self._own | self._libraries) or nearest(name, self._jython)


def _ends(name):
    """Yield what a module's dotted name ends with, where it still has a package."""
    parts = name.split(".")
    for first in range(1, len(parts) - 1):
        yield ".".join(parts[first:])


def _modules(app, directory):
    """Return the dotted names of the modules below a directory, and of packages."""
    stems = {name[: -len(".py")] for name in app.below(directory, ".py")}
    stems |= {name[: -len("$py.class")] for name in app.below(directory, "$py.class")}
    names = set()
    for stem in stems:
        names.update(importable.with_parents(importable.dotted(stem + ".py")))
    return names


def _leads_elsewhere(name):
    """Tell whether it adds to sys.path what is no file of its own here.

    The .pth file of a namespace package does not.
    """
    if name.endswith("-nspkg.pth"):
        return False
    return ".egg/" in name or name.endswith((".egg", ".pth", ".whl", ".zip"))


def _has_further_path(app):
    try:
        read = web_xml.read(app)
    except web_xml.ElementTree.ParseError:
        return True
    return read is not None and web_xml.further_path(read)


def _imports(name, octets, known):
    told = set()
    text = octets.decode("utf-8-sig", "replace")
    for modules, is_module in importable.imports(name, text):
        module = modules[-1]
        known.imported |= {m.split(".")[0] for m in modules}
        if not is_module or module in told or not module:
            continue
        told.add(module)
        if not any(known.has(way) for way in modules):
            yield _absent(APP + name, module, known)


def _absent(place, module, known):
    instead = extensions.instead(module)
    if instead:
        remedy = (instead.rstrip(","),)
        return found(Sign.C_EXTENSION_NEEDED, place, module, remedy=remedy)
    instead = python3.instead(module)
    if instead:
        return found(Sign.PYTHON3_IMPORT, place, module, remedy=(instead,))
    return found(Sign.MODULE_ABSENT, place, module, known.near(module))


def _libraries(app, known):
    """Look at the libraries that the application imports: are they for Python 2.7?"""
    files = dict.fromkeys(app.below(LIB_PYTHON, ".py"))
    tops = {name.split("/")[0] for name in files}
    for top in sorted(tops):
        module = top[: -len(".py")] if top.endswith(".py") else top
        if module in known.imported:
            own = [n for n in files if n == top or n.startswith(top + "/")]
            octets = {name: app.read(LIB_PYTHON + name) for name in own}
            syntax = importable.python3(octets)
            if syntax:
                path, line, construct = syntax
                yield found(Sign.PYTHON3_SYNTAX, line, LIB_PYTHON + path, construct)
