"""Checks the sources of a project for CPython, without running anything of it."""

import os
import pkgutil
import sys
import sysconfig
from importlib.metadata import distributions

import click
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from isthmus_cli import importable, project, project_requirements, python3_syntax
from isthmus_cli.cpython import environments, releases
from isthmus_cli.doctor.signs import WARNING, Sign, found
from isthmus_cli.rules import ToolError

# Isthmus's own, in each web application.
LENT = frozenset(("isthmus", "isthmus_worker"))
# What a WAR may have in a CPython 3.12, and the tool's own may lack: 3.13 is without
# these (PEP 594).
_GONE = frozenset(
    "aifc audioop cgi cgitb chunk crypt imghdr mailcap msilib nis nntplib ossaudiodev"
    " pipes sndhdr spwd sunau telnetlib uu xdrlib".split()
)


def syntax(sources):
    """Yield the Findings of sources that the tool's own CPython does not parse.

    :param sources: octets by path, as they would be installed.
    """
    newest = max(tuple(map(int, r.feature.split("."))) for r in releases.RELEASES)
    for name, octets in sources.items():
        refusal = python3_syntax.refusal(octets)
        if refusal:
            finding = found(Sign.SOURCE_REFUSED, name, *refusal)
            # An older parser does not know what a newer one accepts.
            is_sure = sys.version_info[:2] >= newest
            yield finding if is_sure else finding._replace(severity=WARNING)


def undeclared(directory, table, sources):
    """Yield a Finding for each imported library that no requirement leads to.

    Which library has a module is known from the project's virtual environment; without
    one, only a project that requires nothing is checked.

    :param table: [tool.isthmus].
    """
    if table.get("lib") or table.get("python") == releases.NONE:
        # Libraries that are elsewhere cannot be seen.
        return
    file = requirements_file(directory, table)
    required = wanted(file)
    python = environments.find(directory)
    if required is None or (required and python is None):
        return
    if not required and not project_requirements.are_none(directory):
        # What it requires is not known.
        return
    known = _Installed(python.parents[1]) if required else None
    where = stating(directory, file)
    of_python = standard()
    own = {importable.dotted(name).split(".")[0] for name in sources}
    for top, name in imported(sources).items():
        if top in own or top in of_python or top in LENT:
            continue
        if known is None:
            why = "the project requires no libraries"
        else:
            stray = known.stray(top, required)
            why = "only the virtual environment has %s" % stray if stray else None
        if why:
            yield found(Sign.MODULE_UNDECLARED, name, top, why, remedy=(where,))


def standard():
    """The names of the modules of Python's own library."""
    known = getattr(sys, "stdlib_module_names", None)
    if known is None:
        # CPython 3.9.
        place = sysconfig.get_path("stdlib")
        places = [place, os.path.join(place, "lib-dynload")]
        known = {module.name for module in pkgutil.iter_modules(places)}
        known.update(sys.builtin_module_names)
    return _GONE.union(known)


def requirements_file(directory, table):
    """The path of the file that states what a project requires; it may not exist."""
    named = table.get("requirements")
    if isinstance(named, str):
        return directory / named
    return project_requirements.default(directory)


def stating(directory, file):
    """The name of the file to add a requirement to, which may state none so far."""
    is_stated = file.is_file() or not project_requirements.has_dependencies(directory)
    return file.name if is_stated else project.FILE


def wanted(file, chosen=()):
    """The names of what is required; None if they cannot be read.

    :param chosen: the names of extras, and those of dependency groups.
    """
    try:
        read = project_requirements.read
        stated = read(file, *chosen).wanted if file.is_file() else ()
    except (ToolError, click.UsageError):
        # Another finding.
        return None
    return {canonicalize_name(requirement.name) for requirement in stated}


def imported(sources):
    """The first names of all modules that are imported unindented, each with a file."""
    first = {}
    for name, octets in sources.items():
        text = octets.decode("utf-8-sig", "replace")
        for ways, is_module in importable.imports(name, text):
            if is_module and ways[-1]:
                first.setdefault(ways[-1].split(".")[0], name)
    return first


class _Installed:
    """The distributions in a virtual environment."""

    def __init__(self, place):
        """
        :param place: the path of the environment.
        """
        found = [str(p) for way in environments.LIBRARIES for p in place.glob(way)]
        self._needs, self._modules = {}, {}
        for distribution in distributions(path=found):
            name = canonicalize_name(distribution.metadata["Name"] or "")
            self._needs[name] = distribution.requires or ()
            for file in distribution.files or ():
                top = file.parts[0].partition(".")[0]
                self._modules.setdefault(top, set()).add(name)

    def stray(self, module, wanted):
        """The distribution that has a module, if nothing wanted leads to one; or None.

        :param wanted: canonical names. Whatever any extra of them needs counts, too.
        """
        having = self._modules.get(module, set())
        reached, new = set(), list(wanted)
        while new:
            name = new.pop()
            if name not in reached:
                reached.add(name)
                new += self._needed(name)
        return min(having) if having and having.isdisjoint(reached) else None

    def _needed(self, name):
        for line in self._needs.get(name, ()):
            try:
                yield canonicalize_name(Requirement(line).name)
            except InvalidRequirement:
                continue
