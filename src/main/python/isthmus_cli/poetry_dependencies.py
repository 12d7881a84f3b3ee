"""The libraries that [tool.poetry] states, as requirements in the form of PEP 508.

Poetry 2 takes them from [project], if they are there; Poetry 1 has only these tables.
"""

from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name

from isthmus_cli import indexes, poetry
from isthmus_cli.rules import Rule, ToolError

_PYTHON = "python"
# What names a library by its place.
_PLACES = ("git", "path", "file", "url")
# Before Poetry 1.2, the only group.
_DEV = "dev"


def are_there(pyproject):
    """Return whether [tool.poetry.dependencies] has more than Python itself."""
    return any(_libraries(poetry.table(pyproject, "dependencies")))


def required(pyproject):
    """Return the requirements: texts, and a ToolError for what has no such form."""
    return list(_entries(pyproject, "dependencies", is_optional=False))


def extras(pyproject):
    """Return the same for each extra, by its name."""
    stated = poetry.table(pyproject, "extras")
    optional = list(_libraries(poetry.table(pyproject, "dependencies")))
    found = {}
    for extra, names in stated.items():
        wanted = {canonicalize_name(name) for name in names}
        found[extra] = [
            entry
            for name, spec in optional
            if canonicalize_name(name) in wanted
            for entry in _written(name, spec, "dependencies")
        ]
    return found


def groups(pyproject):
    """Return the same for each group, by its name."""
    found = {}
    if poetry.table(pyproject, "dev-dependencies"):
        found[_DEV] = list(_entries(pyproject, "dev-dependencies"))
    for name in poetry.table(pyproject, "group"):
        found[name] = list(_entries(pyproject, "group", name, "dependencies"))
    return found


def _entries(pyproject, *keys, is_optional=None):
    for name, spec in _libraries(poetry.table(pyproject, *keys)):
        is_left = isinstance(spec, dict) and spec.get("optional") is True
        if is_optional is None or is_left == is_optional:
            yield from _written(name, spec, ".".join(keys))


def _libraries(table):
    """Yield (name, specification); of a name with several lines, each of them."""
    for name, value in table.items():
        if canonicalize_name(name) != _PYTHON:
            for spec in value if isinstance(value, list) else [value]:
                yield name, spec


def _written(name, spec, place):
    try:
        yield _requirement(name, {"version": spec} if isinstance(spec, str) else spec)
    except _Formless as why:
        # An error only where it is wanted.
        values = "[tool.poetry.%s]" % place, name, why
        yield ToolError(Rule.POETRY_DEPENDENCY, *values)


class _Formless(Exception):
    """A dependency that no requirement of PEP 508 can state; why is its text."""


def _requirement(name, spec):
    if not isinstance(spec, dict):
        raise _Formless("it is neither a version nor a table")
    place = next((key for key in _PLACES if key in spec), None)
    if place:
        where = indexes.redacted(str(spec[place]))
        raise _Formless("%s = '%s' is a place, not a release" % (place, where))
    ways = _ways(spec.get("version", "*"))
    if len(ways) > 1:
        raise _Formless("'%s' has alternatives" % spec["version"])
    names = _texts(spec.get("extras", []))
    extras = "[%s]" % ",".join(names) if names else ""
    markers = [spec["markers"]] if spec.get("markers") else []
    if "python" in spec:
        markers.append(_of_python(spec["python"]))
    if "platform" in spec:
        markers.append(_of_platform(*_texts([spec["platform"]])))
    marker = " and ".join("(%s)" % marker for marker in markers if marker)
    text = "%s%s%s" % (name, extras, ways[0])
    return "%s; %s" % (text, marker) if marker else text


def _texts(value):
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _Formless("'%s' is no name, nor a list of names" % (value,))
    return value


def _ways(constraint):
    try:
        found = poetry.ways(constraint)
    except (AttributeError, InvalidSpecifier):
        raise _Formless("'%s' is no constraint on versions" % constraint) from None
    return found or _ways("*")


def _of_python(constraint):
    """The marker of a constraint on Python; nothing if each is admitted."""
    ways = _ways(constraint)
    if not all(map(str, ways)):
        return ""
    return " or ".join(
        " and ".join(map(_bound_of_python, sorted(way, key=str))) for way in ways
    )


def _bound_of_python(bound):
    """The marker of one bound; 3.12 is each of its releases, as Poetry has it."""
    is_whole = bound.operator in ("<=", "==", "!=", ">")
    is_whole = is_whole and bound.version.count(".") == 1 and "*" not in bound.version
    name = "python_version" if is_whole else "python_full_version"
    return "%s %s '%s'" % (name, bound.operator, bound.version)


def _of_platform(text):
    """The marker of names of sys.platform, such as linux or !=win32."""
    found = []
    for name in text.split("|"):
        bare = name.strip().lstrip("!=")
        if bare:
            operator = "!=" if name.strip().startswith("!") else "=="
            found.append("sys_platform %s '%s'" % (operator, bare))
    return " or ".join(found)
