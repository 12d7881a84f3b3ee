"""Checks that a project has the application that `isthmus war` would name."""

from isthmus_cli import apps, bindings, layouts, project, project_requirements
from isthmus_cli.doctor import project_python3, project_sources
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import archive


def check(directory):
    """Return a line on the application in a directory; None if this is no project.

    :raises ToolError: if `isthmus war` would not find it.
    """
    pyproject = project.read(directory)
    table = project_sources.settings(pyproject)
    named = table.get("app")
    try:
        found = apps.find(named if isinstance(named, str) else None, directory)
    except ToolError as error:
        if error.rule is Rule.APP_ABSENT and not pyproject:
            return None
        raise
    if found.file is None:
        _check_module(found, directory, table)
    return "application: %s" % found.spec


def _check_module(found, directory, table):
    """
    :raises ToolError: the module is absent, or its source does not bind the callable.
    """
    module, name = found.named.module_name, found.named.callable_name
    below = apps.module_file(found.root, module)
    if below:
        path = found.root / below
        is_package = path.name == "__init__.py"
        beside = {p.stem for p in path.parent.iterdir()} if is_package else set()
        octets = archive.octets(path)
        why = bindings.objection(below.as_posix(), octets, name, beside)
    else:
        why = _absent(module, found.root, directory, table)
    if why:
        raise ToolError(Rule.APP_UNKNOWN, found.spec, why)


def _absent(module, root, directory, table):
    """What is wrong with a module that no source is; None if a library may have it.

    One that is nearly a source's name is taken for a misspelling.
    """
    top = module.partition(".")[0]
    own = [path.stem for place in layouts.roots(root) for path in place.glob("*.py")]
    near = nearest(module, own)
    if table.get("lib") or project_python3.is_installed(directory, top):
        return None
    file = project_python3.requirements_file(directory, table)
    requires = project_python3.wanted(file) != set()
    requires = requires or not project_requirements.are_none(directory)
    if requires and not near:
        return None
    return "there is no module '%s' among the files.%s" % (module, near)
