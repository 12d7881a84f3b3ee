"""Reads Poetry's constraints on Python: ^3.9, ~2.7 || ^3.6, >=3.8,<4, 3.*."""

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from isthmus_cli import project

_BOUND = re.compile(r"(\^|~(?!=)|[<>=!~]=|[<>])?\s*(\d+(?:\.\d+)*(?:\.\*)?)\s*,?\s*")
_2 = "2.7.18"
_3 = ["3.%d.9" % minor for minor in range(30)]


def python(directory):
    """The constraint on Python in [tool.poetry.dependencies], or None."""
    table = project.read(directory)
    for key in ("tool", "poetry", "dependencies"):
        table = table.get(key)
        if not isinstance(table, dict):
            return None
    value = table.get("python")
    return value if isinstance(value, str) else None


def admits_2(constraint):
    """Whether a constraint admits Python 2.7; one that is malformed does."""
    return _admits(constraint, [_2])


def admits_3(constraint):
    """The same for any Python 3."""
    return _admits(constraint, _3)


def _admits(constraint, versions):
    try:
        ways = [SpecifierSet(_standard(way)) for way in constraint.split("|") if way]
    except InvalidSpecifier:
        return True
    return any(way.contains(version) for way in ways for version in versions)


def _standard(constraint):
    """One alternative in the form of PEP 440, which has neither caret nor tilde.

    https://python-poetry.org/docs/dependency-specification/
    """
    text = constraint.strip()
    if text == "*":
        return ""
    bounds, end = [], 0
    while end < len(text):
        found = _BOUND.match(text, end)
        if not found:
            raise InvalidSpecifier(constraint)
        operator, version = found.groups()
        bounds.append(_bound(operator, version))
        end = found.end()
    return ",".join(bounds)


def _bound(operator, version):
    numbers = version.split(".")
    if operator == "^" or (operator == "~" and len(numbers) == 1):
        return ">=%s,<%d" % (version, int(numbers[0]) + 1)
    if operator == "~":
        return ">=%s,<%s.%d" % (version, numbers[0], int(numbers[1]) + 1)
    return (operator or "==") + version
