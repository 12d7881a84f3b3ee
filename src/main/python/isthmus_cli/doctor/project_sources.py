"""Checks the Python of a project, before a web application is built from it."""

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from isthmus.jython import python3
from isthmus_cli import (
    apps,
    engines,
    importable,
    layouts,
    lock_names,
    lockfile,
    project,
    project_requirements,
    python3_syntax,
)
from isthmus_cli.cpython import war as cpython
from isthmus_cli.doctor import data, project_jython, project_python3
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.names import counted
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import archive, tree

# The last release of 2.7, whose language Jython implements.
_PYTHON = "2.7.18"


def engine(directory, named):
    """Return the engines.Choice for a project.

    :param named: the name of an engine, or None.
    """
    pyproject = project.read(directory)
    table = settings(pyproject)
    named = named or table.get("engine")
    root, lib = _root(directory, pyproject), table.get("lib")
    if root is None:
        return engines.Choice(named or engines.JYTHON, "it is named" if named else None)
    lib = directory / lib if isinstance(lib, str) else None
    file = project_python3.requirements_file(directory, table)
    return engines.choose(named, root, file, lib, directory)


def war_python(directory):
    """Return what a web application would have of CPython, a cpython.war.WarPython.

    :raises ToolError: if there is no such CPython.
    """
    table = settings(project.read(directory))
    named = table.get("python")
    platforms = strings(table.get("platform"))
    return cpython.of_options(named and str(named), platforms, directory)


def check(directory, is_python3):
    """Return the Findings of a project's sources, and a line on them; or None.

    CPython's own parser reads them: nothing runs, and no Java starts.

    :param directory: a pathlib.Path.
    :param is_python3: whether CPython runs them, so that Python 3 is no finding.
    """
    pyproject = project.read(directory)
    root = _root(directory, pyproject)
    if root is None:
        return [], None
    selection = tree.Selection(*_patterns(pyproject))
    files = tree.files(root, selection)
    sources = {
        name: archive.octets(path)
        for name, path in files.items()
        if name.endswith(".py")
    }
    libraries = _libraries(directory, settings(pyproject))
    findings = []
    if is_python3:
        findings += project_python3.syntax(sources)
        findings += project_python3.undeclared(directory, settings(pyproject), sources)
    else:
        findings += [*_requires(pyproject), *_syntax(sources)]
        findings += _imports(sources, libraries)
        findings += project_jython.undeclared(directory, settings(pyproject), sources)
    for name, line, what in data.kept(sources):
        findings.append(found(Sign.DATA_BESIDE, line, name, what))
    return findings, "sources: %s of %s" % (counted(len(sources), "file"), root)


def _root(directory, pyproject):
    """The directory that the application is imported from, or None."""
    table = settings(pyproject)
    try:
        named = table.get("app")
        return apps.find(named if isinstance(named, str) else None, directory).root
    except ToolError as error:
        # Another finding, if it is one: this is a project nevertheless.
        is_absent = error.rule is Rule.APP_ABSENT
        is_project = (directory / project.FILE).exists() or not is_absent
        return layouts.roots(directory)[-1] if is_project else None


def settings(pyproject):
    """Return the table [tool.isthmus]; empty if there is none."""
    table = pyproject.get("tool", {})
    table = table.get("isthmus") if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _patterns(pyproject):
    table = settings(pyproject)
    return [strings(table.get(key)) for key in ("exclude", "include")]


def strings(value):
    """Return the strings in a list; none if it is not a list."""
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _requires(pyproject):
    table = pyproject.get("project")
    wanted = table.get("requires-python") if isinstance(table, dict) else None
    try:
        if wanted and _PYTHON not in SpecifierSet(str(wanted)):
            yield found(Sign.PYTHON3_REQUIRED, wanted)
    except InvalidSpecifier:
        # Irrelevant to Isthmus.
        return


def _syntax(sources):
    for name, octets in sources.items():
        every = python3_syntax.every(octets)
        if every:
            line, construct = every[0]
            more = (
                ""
                if len(every) == 1
                else " (in all: %s)" % python3_syntax.summary(every)
            )
            yield found(Sign.PYTHON3_SYNTAX, line, name, construct + more)


def _libraries(directory, table):
    """The names of locked or required packages, which may include a backport."""
    file = project_python3.requirements_file(directory, table)
    lock = file.with_name(lock_names.ISTHMUS)
    try:
        if lock.exists():
            return set(lockfile.read(lock).pins())
        wanted = project_requirements.read(file).wanted if file.exists() else ()
        return {canonicalize_name(requirement.name) for requirement in wanted}
    except ToolError:
        # Another finding.
        return set()


def _imports(sources, libraries):
    """Modules that only Python 3 has, unless the project or a library provides them."""
    own = {importable.dotted(name).split(".")[0] for name in sources}
    for name, octets in sources.items():
        reported = set()
        text = octets.decode("utf-8-sig", "replace")
        for ways, is_module in importable.imports(name, text):
            module = ways[-1]
            instead = python3.instead(module) if is_module else None
            top = module.split(".")[0]
            if not instead or module in reported or top in own:
                continue
            if not libraries & {canonicalize_name(w) for w in instead.split()}:
                reported.add(module)
                yield found(Sign.PYTHON3_IMPORT, name, module, remedy=(instead,))
