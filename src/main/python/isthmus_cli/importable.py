"""Whether a library can be imported on Jython: Python 2.7, no C extensions.

An unindented import of a file is mandatory; one within `try`, `if` or a function is
not. A library needs whatever its top modules reach by mandatory imports. Sources of
Python 2 are analysed as text, because no parser of 3 accepts them.
"""

import re

from isthmus.jython import extensions
from isthmus_cli import python3_syntax

_DOCUMENTATION = re.compile(r'[rRuUbB]{0,2}("""|\'\'\').*?\1', re.DOTALL)
_FROM = re.compile(
    r"^from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", re.MULTILINE
)
_IMPORT = re.compile(r"^import[ \t]+([^\n#;]+)", re.MULTILINE)
_NAME = re.compile(r"(\w+)(?:\s+as\s+\w+)?\s*(?:,|\)|#|$)", re.MULTILINE)
# Those that no library provides for Python 2.7 under the same name.
ONLY_3 = frozenset(
    "asyncio collections.abc contextvars dataclasses importlib.abc importlib.machinery"
    " importlib.util tracemalloc urllib.error urllib.parse urllib.request".split()
)


# Beside a library, but never imported as part of it.
_NOT_LIBRARY = re.compile(
    r"(^|\.)(tests?|testing|test_\w+|examples?|docs?|setup)(\.|$)"
)
# Always part of CPython installations, so many libraries do not declare it.
_UNDECLARED = {
    "setuptools": re.compile(
        r"^(import|from)[ \t]+pkg_resources\b|^__import__\(['\"]pkg_resources", re.M
    ),
    # Imported if inspect has no signature, as on Jython.
    "funcsigs": re.compile(r"^[ \t]*(import|from)[ \t]+funcsigs\b", re.M),
}


def objection(files, compiled, refused=None):
    """Return why a library cannot be imported, or None.

    It cannot if none of its top modules can; or, according to Jython's compiler, if
    most of its modules cannot.

    :param files: octets by path, as they would be installed.
    :param compiled: dotted names of C extensions, which are left out.
    :param refused: Jython's message for each path that it does not compile; None if it
        has not been run.
    """
    sources = _sources(files)
    missing = {name for name in compiled if name not in sources}
    library = _Library(sources, files, missing, refused)
    found = [library.reached(top) for top in _tops(sources)]
    if not found:
        extension = "%s is a C extension, and there is nothing in Python"
        return extension % min(missing) if missing else "there is no Python in it"
    if all(found):
        return found[0]
    return library.majority() if refused is not None else None


def undeclared(files):
    """Return the projects that a library's modules import but may not declare.

    :param files: octets by path, as they would be installed.
    """
    texts = [
        _text(files[path])
        for name, path in _sources(files).items()
        if not _NOT_LIBRARY.search(name)
    ]
    return {
        project
        for project, pattern in _UNDECLARED.items()
        if any(pattern.search(text) for text in texts)
    }


def lent(files):
    """Return the modules that a library needs and isthmus.compat lends, sorted.

    :param files: octets by path, as they would be installed.
    """
    sources = _sources(files)
    names = {
        names[-1].split(".")[0]
        for top in _tops(sources)
        for _, imported in _reached(top, sources, files)
        for names in imported
    }
    return sorted((names & set(extensions.LENT)) - set(sources))


class _Library:
    """The modules of one library, and what is wrong with each."""

    def __init__(self, sources, files, missing, refused):
        self._sources = sources
        self._files = files
        self._missing = missing
        self._refused = refused

    def reached(self, top):
        """Return why the import of a module fails, or None."""
        for path, imported in _reached(top, self._sources, self._files):
            why = self._own(path, imported)
            if why:
                return why
        return None

    def majority(self):
        """Return why most of the modules cannot be imported, or None if most can."""
        wrong, needing = {}, {}
        names = [n for n in self._sources if not _NOT_LIBRARY.search(n)]
        for name in names:
            path = self._sources[name]
            imported = _imported(path, self._files)
            wrong[name] = self._own(path, imported)
            needed = {*with_parents(name), *_within(imported, self._sources)}
            for other in needed - {name}:
                needing.setdefault(other, []).append(name)
        pending = [name for name in names if wrong[name]]
        first = wrong[pending[0]] if pending else None
        broken = set(pending)
        while pending:
            more = [n for n in needing.get(pending.pop(), ()) if n not in broken]
            broken.update(more)
            pending += more
        return first if len(broken) * 2 > len(names) else None

    def _own(self, path, imported):
        """Return why a file itself cannot be imported, regardless of its imports."""
        if self._refused is not None and path in self._refused:
            return "Jython cannot compile %s: %s" % (path, self._refused[path])
        syntax = self._refused is None and python3_syntax.find(self._files[path])
        if syntax:
            values = path, syntax[1], syntax[0]
            return "it is written for Python 3: %s has %s in line %d" % values
        for names in imported:
            found = next((name for name in names if name in self._missing), None)
            if found:
                values = found, path
                return "%s is a C extension, and %s imports it unconditionally" % values
            top = names[-1].split(".")[0]
            if top in self._sources or any(name in self._sources for name in names):
                continue
            if names[-1] in ONLY_3:
                return "it is written for Python 3: %s imports %s" % (path, names[-1])
            if top in extensions.LACKING:
                values = path, names[-1]
                return "%s imports %s, which CPython has and Jython lacks" % values
        return None


def _sources(files):
    return {dotted(path): path for path in sorted(files) if path.endswith(".py")}


def _tops(sources):
    tops = [name for name in sources if name.rpartition(".")[0] not in sources]
    public = [name for name in tops if not name.startswith("_")] or tops
    return [name for name in public if not _NOT_LIBRARY.search(name)] or public


def _reached(top, sources, files):
    """Yield each path that the import of a module needs, with its imports."""
    pending, seen = [top], {top}
    while pending:
        path = sources[pending.pop()]
        imported = _imported(path, files)
        yield path, imported
        reached = _within(imported, sources)
        pending += sorted(reached - seen)
        seen |= reached


def _imported(path, files):
    """Return the possible modules for each name that a file imports unindented."""
    return [names for names, _ in imports(path, _text(files[path]))]


def _within(imported, sources):
    """Return the library's own modules that such names need."""
    every = (name for names in imported for name in names)
    return {part for name in every for part in with_parents(name)} & set(sources)


def _text(octets):
    return octets.decode("utf-8-sig", "replace")


def dotted(path):
    """Return the module name of a source, from its path below an entry of sys.path."""
    parts = path[:-3].split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def with_parents(name):
    """Return a module's dotted name, and those of the packages around it."""
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def imports(path, text):
    """Yield the unindented imports: (possible modules, whether it is a module).

    After ``from ... import``, a name may be a module or anything else.

    :param path: of the source, below an entry of sys.path, with slashes.
    """
    package = path.split("/")[:-1]
    text = _DOCUMENTATION.sub("''", text).replace("\\\n", " ")
    for dots, base, names in _FROM.findall(text):
        above = package[: len(package) - len(dots) + 1] if dots else []
        start = ".".join([*above, *base.split(".")] if base else above)
        yield _ways(start, package, dots), True
        for name in _NAME.findall(names):
            yield _ways(start + "." + name, package, dots), False
    for names in _IMPORT.findall(text):
        for name in names.split(","):
            yield _ways(name.split(" as ")[0].strip(), package, ""), True


def _ways(name, package, dots):
    # In Python 2, a name without dots is first looked up in the package itself.
    return [name] if dots or not package else [".".join([*package, name]), name]
