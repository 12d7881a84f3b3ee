"""Reads Poetry's constraints on versions: ^3.9, ~2.7 || ^3.6, >=3.8,<4, 3.*.

https://python-poetry.org/docs/dependency-specification/
"""

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from isthmus_cli import project

_BOUND = re.compile(
    r"(\^|~(?!=)|[<>=!~]=|<>|[<>=])?\s*(\d[\w+-]*(?:\.[\w+-]+)*(?:\.\*)?)\s*,?\s*"
)
_OTHERS = {None: "==", "=": "==", "<>": "!="}
_2 = "2.7.18"


def python(directory):
    """The constraint on Python in [tool.poetry.dependencies], or None."""
    value = table(project.read(directory), "dependencies").get("python")
    return value if isinstance(value, str) else None


def table(pyproject, *keys):
    """A table below [tool.poetry]; empty if there is none."""
    found = pyproject
    for key in ("tool", "poetry", *keys):
        found = found.get(key)
        if not isinstance(found, dict):
            return {}
    return found


def admits_2(constraint):
    """Whether a constraint admits Python 2.7; one that is malformed does."""
    try:
        return any(way.contains(_2) for way in ways(constraint))
    except InvalidSpecifier:
        return True


def ways(constraint):
    """The SpecifierSets of which one must hold.

    :raises InvalidSpecifier: it is malformed.
    """
    alternatives = [way for way in constraint.split("|") if way.strip()]
    return [SpecifierSet(_standard(way)) for way in alternatives]


def _standard(alternative):
    """An alternative in the form of PEP 440, which has neither caret nor tilde."""
    text = alternative.strip()
    if text == "*":
        return ""
    bounds, end = [], 0
    while end < len(text):
        found = _BOUND.match(text, end)
        if not found:
            raise InvalidSpecifier(alternative)
        bounds.append(_bound(*found.groups()))
        end = found.end()
    return ",".join(bounds)


def _bound(operator, version):
    if operator not in ("^", "~"):
        return _OTHERS.get(operator, operator) + version
    try:
        numbers = Version(version).release
    except InvalidVersion as error:
        raise InvalidSpecifier(version) from error
    last = min(1, len(numbers) - 1)
    if operator == "^":
        # The first that is not 0; of zeros alone, the last.
        last = next((n for n, number in enumerate(numbers) if number), len(numbers) - 1)
    end = [*numbers[:last], numbers[last] + 1]
    return ">=%s,<%s" % (version, ".".join(map(str, end)))
