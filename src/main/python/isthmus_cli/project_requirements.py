"""A project's requirements: from requirements.txt, or pyproject.toml.

From the latter: [project] dependencies, the extras of [project.optional-dependencies],
and the groups of [dependency-groups] (PEP 735); or, without the first, the tables of
[tool.poetry].
"""

from pathlib import Path

import click
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from isthmus_cli import poetry_dependencies, project, requirements, uv_sources
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError

FILE = "requirements.txt"


def default(directory):
    """Return the path of the file that states them, requirements.txt if it exists.

    :param directory: of the project.
    """
    file, described = directory / FILE, directory / project.FILE
    if file.exists() or not described.exists():
        return file
    pyproject = project.read(directory)
    stated = (
        _table(pyproject, "project").get("dependencies")
        or _is_dynamic(pyproject)
        or pyproject.get("dependency-groups")
        or poetry_dependencies.are_there(pyproject)
    )
    return described if stated else file


def has_dependencies(directory):
    """Return whether pyproject.toml has dependencies, not groups alone.

    Those that only a build would know count: `read` refuses them.
    """
    pyproject = project.read(directory)
    is_stated = "dependencies" in _table(pyproject, "project")
    is_stated = is_stated or _is_dynamic(pyproject)
    return is_stated or poetry_dependencies.are_there(pyproject)


def are_none(directory):
    """Return whether pyproject.toml shows that the project requires no libraries.

    It does not if a build would know them.
    """
    pyproject = project.read(directory)
    stated = _table(pyproject, "project")
    has_poetry = poetry_dependencies.are_there(pyproject)
    is_dynamic = _is_dynamic(pyproject)
    return not (stated.get("dependencies") or is_dynamic or has_poetry)


def read(path, extras=(), groups=()):
    """Return the requirements.Requirements of a file.

    :param path: of a file in pip's format, or of a pyproject.toml.
    :param extras: names of requested optional dependencies.
    :param groups: names of dependency groups.
    :raises ToolError: it cannot be read, is malformed, or lacks such a name.
    """
    path = Path(path)
    if path.suffix != ".toml":
        if extras or groups:
            raise click.UsageError("--extra and --group: '%s' has none." % path)
        return requirements.read(path)
    if not path.is_file():
        raise ToolError(Rule.REQUIREMENTS_UNREADABLE, path, "there is no such file")
    return _Stated(path, project.load(path)).whole(extras, groups)


class _Stated:
    """The requirements in one pyproject.toml."""

    def __init__(self, path, pyproject):
        self._path = path
        self._project = _table(pyproject, "project")
        extras = _table(self._project, "optional-dependencies")
        groups = _table(pyproject, "dependency-groups")
        # None: [project] counts alone. There may be optional ones alone.
        self._poetry = None
        is_poetry = poetry_dependencies.are_there(pyproject)
        if is_poetry and "dependencies" not in self._project:
            self._poetry = poetry_dependencies.required(pyproject)
            extras = {**poetry_dependencies.extras(pyproject), **extras}
        self._extras = _named(extras)
        self._groups = _named({**poetry_dependencies.groups(pyproject), **groups})
        places = uv_sources.places(path, pyproject)
        self._found = requirements.Requirements(places=places)
        self._taken = set()

    def whole(self, extras, groups):
        if self._poetry is None:
            self._check(bool(extras or groups))
        stated = self._project.get("dependencies", self._poetry or [])
        self._take("dependencies", stated)
        for name in extras:
            self._extra(name)
        for name in groups:
            self._group(name)
        return self._found

    def _check(self, has_chosen):
        """
        :raises ToolError: only a build would know the dependencies, or there are none.
        """
        if "dependencies" in (self._project.get("dynamic") or ()):
            raise ToolError(Rule.DEPENDENCIES_DYNAMIC, self._path)
        if "dependencies" not in self._project and not has_chosen:
            why = "it has no [project] dependencies"
            raise ToolError(Rule.REQUIREMENTS_UNREADABLE, self._path, why)

    def _extra(self, name):
        self._once("extra", name, self._extras)

    def _group(self, name):
        self._once("dependency group", name, self._groups)

    def _once(self, kind, name, known):
        """Add what a name stands for, only once, so that cycles end."""
        name = canonicalize_name(name)
        if name not in known:
            raise ToolError(
                Rule.EXTRA_UNKNOWN, self._path, kind, name, nearest(name, known)
            )
        if (kind, name) not in self._taken:
            self._taken.add((kind, name))
            self._take("%s '%s'" % (kind, name), known[name])

    def _take(self, what, entries):
        place = "%s of %s" % (what, self._path)
        if not isinstance(entries, list):
            raise ToolError(Rule.REQUIREMENTS_MALFORMED, place, "it is no list")
        for entry in entries:
            if isinstance(entry, ToolError):
                raise entry
            if isinstance(entry, dict) and list(entry) == ["include-group"]:
                self._group(str(entry["include-group"]))
            elif not isinstance(entry, str):
                raise ToolError(Rule.REQUIREMENTS_MALFORMED, place, repr(entry))
            elif not self._of_itself(entry):
                requirements.take(entry, self._found, place)

    def _of_itself(self, entry):
        """Whether a requirement names the project itself, to request its extras."""
        try:
            wanted = Requirement(entry)
        except InvalidRequirement:
            # Reported where it is added.
            return False
        own = self._project.get("name")
        if not own or canonicalize_name(wanted.name) != canonicalize_name(own):
            return False
        for extra in sorted(wanted.extras):
            self._extra(extra)
        return True


def _is_dynamic(pyproject):
    """Whether only a build would know the dependencies."""
    return "dependencies" in (_table(pyproject, "project").get("dynamic") or ())


def _table(pyproject, key):
    table = pyproject.get(key)
    return table if isinstance(table, dict) else {}


def _named(table):
    return {canonicalize_name(name): entries for name, entries in table.items()}
