"""Whether a library can be imported on Jython: in Python 2.7, without modules in C.

An import at the left margin of a file cannot be gone without; one within `try`, `if` or
a function can. What a library's top modules reach by such imports is what it needs.
Sources of Python 2 are read as text, for no parser of 3 takes them.
"""

import re

from isthmus_cli import python3_syntax

_DOCUMENTATION = re.compile(r'[rRuUbB]{0,2}("""|\'\'\').*?\1', re.DOTALL)
_FROM = re.compile(
    r"^from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", re.MULTILINE
)
_IMPORT = re.compile(r"^import[ \t]+([^\n#;]+)", re.MULTILINE)
_NAME = re.compile(r"(\w+)(?:\s+as\s+\w+)?\s*(?:,|\)|#|$)", re.MULTILINE)
# Those that no library brings to Python 2.7 under the same name.
_ONLY_3 = frozenset(
    "asyncio collections.abc contextvars dataclasses importlib.abc importlib.machinery"
    " importlib.util tracemalloc urllib.error urllib.parse urllib.request".split()
)


def objection(files, compiled):
    """Return why none of a library's top modules can be imported, or None.

    :param files: octets by path, as they would be installed.
    :param compiled: dotted names of modules in C, which are left out.
    """
    sources = _sources(files)
    missing = {name for name in compiled if name not in sources}
    tops = _tops(sources)
    found = [_of(top, sources, files, missing) for top in tops]
    if not found:
        extension = "%s is a C extension, and there is nothing in Python"
        return extension % min(missing) if missing else "there is no Python in it"
    return found[0] if all(found) else None


def python3(files):
    """Return (path, line, construct) of Python 3 that an import meets, or None.

    :param files: octets by path, of one package or module.
    """
    sources = _sources(files)
    for top in _tops(sources):
        for path, _ in _reached(top, sources, files):
            syntax = python3_syntax.find(files[path])
            if syntax:
                return (path, *syntax)
    return None


def _sources(files):
    return {dotted(path): path for path in sorted(files) if path.endswith(".py")}


def _tops(sources):
    tops = [name for name in sources if name.rpartition(".")[0] not in sources]
    return [name for name in tops if not name.startswith("_")] or tops


def _of(top, sources, files, missing):
    for path, imported in _reached(top, sources, files):
        syntax = python3_syntax.find(files[path])
        if syntax:
            told = path, syntax[1], syntax[0]
            return "it is written for Python 3: %s has %s in line %d" % told
        for names in imported:
            found = next((name for name in names if name in missing), None)
            if found:
                told = found, path
                return "%s is a C extension, and %s imports it unconditionally" % told
            if names[-1] in _ONLY_3 and names[-1] not in sources:
                return "it is written for Python 3: %s imports %s" % (path, names[-1])
    return None


def _reached(top, sources, files):
    """Yield each path that the import of a module needs, and what that imports."""
    pending, seen = [top], {top}
    while pending:
        path = sources[pending.pop()]
        text = files[path].decode("utf-8-sig", "replace")
        imported = [names for names, _ in imports(path, text)]
        yield path, imported
        every = (name for names in imported for name in names)
        reached = {part for name in every for part in with_parents(name)}
        pending += sorted((reached & set(sources)) - seen)
        seen |= reached


def dotted(path):
    """Return the module that a source is, by its path below an entry of sys.path."""
    parts = path[:-3].split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def with_parents(name):
    """Return a module's dotted name, and those of the packages that it is in."""
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def imports(path, text):
    """Yield what is imported at the left margin: (modules that it may be, is a module).

    What stands behind ``from ... import`` may be a module or any other name.

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
    # In Python 2 a name without dots is first looked for in the package itself.
    return [name] if dots or not package else [".".join([*package, name]), name]
