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
            for name, said in optional
            if canonicalize_name(name) in wanted
            for entry in _written(name, said, "dependencies")
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
    for name, said in _libraries(poetry.table(pyproject, *keys)):
        is_left = isinstance(said, dict) and said.get("optional") is True
        if is_optional is None or is_left == is_optional:
            yield from _written(name, said, ".".join(keys))


def _libraries(table):
    """Yield (name, what is said of it); of one with several lines, each of them."""
    for name, value in table.items():
        if canonicalize_name(name) != _PYTHON:
            for said in value if isinstance(value, list) else [value]:
                yield name, said


def _written(name, said, place):
    try:
        yield _requirement(name, {"version": said} if isinstance(said, str) else said)
    except _Formless as why:
        # An error only where it is wanted.
        values = "[tool.poetry.%s]" % place, name, why
        yield ToolError(Rule.POETRY_DEPENDENCY, *values)


class _Formless(Exception):
    """A dependency that no requirement of PEP 508 can state; why is its text."""


def _requirement(name, said):
    if not isinstance(said, dict):
        raise _Formless("it is neither a version nor a table")
    place = next((key for key in _PLACES if key in said), None)
    if place:
        where = indexes.redacted(str(said[place]))
        raise _Formless("%s = '%s' is a place, not a release" % (place, where))
    ways = _ways(said.get("version", "*"))
    if len(ways) > 1:
        raise _Formless("'%s' has alternatives" % said["version"])
    names = _texts(said.get("extras", []))
    extras = "[%s]" % ",".join(names) if names else ""
    markers = [said["markers"]] if said.get("markers") else []
    if "python" in said:
        markers.append(_of_python(said["python"]))
    if "platform" in said:
        markers.append(_of_platform(*_texts([said["platform"]])))
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
