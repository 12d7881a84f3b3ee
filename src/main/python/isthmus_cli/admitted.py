"""Which Pythons a project admits: requires-python, or without it Poetry's python."""

from typing import NamedTuple

from packaging.specifiers import InvalidSpecifier

from isthmus_cli import poetry, project, target
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError


class Admitted(NamedTuple):
    """What a project says of its Python.

    place  the name of the key, for messages
    text   its value
    ways   packaging's SpecifierSets, of which one must hold
    """

    place: str
    text: str
    ways: tuple

    def has(self, version):
        """Whether it admits a version."""
        return any(way.contains(version) for way in self.ways)


def of(directory):
    """The Admitted of a project; None if it says nothing.

    Poetry's python counts only if it is understood here.

    :raises ToolError: requires-python is malformed.
    """
    text = project.requires_python(directory)
    if text is not None:
        bounds = target.specifiers(text)
        if bounds is None:
            raise ToolError(Python3Rule.REQUIRES_PYTHON_MALFORMED, text)
        return Admitted("requires-python", text, (bounds,))
    text = poetry.python(directory)
    try:
        ways = tuple(poetry.ways(text)) if text else ()
    except InvalidSpecifier:
        return None
    place = "python of [tool.poetry.dependencies]"
    return Admitted(place, text, ways) if ways else None
