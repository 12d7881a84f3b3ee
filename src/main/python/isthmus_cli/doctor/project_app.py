"""Checks that a project has the application that `isthmus war` would name."""

from packaging.utils import canonicalize_name

from isthmus_cli import apps, bindings, layouts, project, project_requirements
from isthmus_cli.doctor import project_python3, project_sources
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import archive, tree

# By these, sys.path may have modules that are none of the sources.
_MORE = (".egg", ".pth", ".whl", ".zip")


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
    file = project_python3.requirements_file(directory, table)
    check_source(found, directory, file, table.get("lib"))
    return "application: %s" % found.spec


def check_source(found, directory, file, lib):
    """Check what an application's name says by its source, before anything runs.

    :param found: an apps.App.
    :param directory: of the project.
    :param file: the path of its requirements; None for what the project states.
    :param lib: a directory of its libraries, or None.
    :raises ToolError: the module is absent, or its source does not bind the callable.
    """
    named = found.named
    if named is None:
        return
    below = found.file or apps.module_file(found.root, named.module_name)
    if below:
        why = _unbound(found.root / below, str(below), named.callable_name)
    elif lib:
        why = None
    else:
        file = file or project_requirements.default(directory)
        why = _absent(named.module_name, found.root, directory, file)
    if why:
        raise apps.unknown(found.spec, why)


def _unbound(path, shown, name):
    is_package = path.name == "__init__.py"
    beside = {p.stem for p in path.parent.iterdir()} if is_package else set()
    return bindings.objection(shown, archive.octets(path), name, beside)


def _absent(module, root, directory, file):
    """What is wrong with a module that no source is; None if a library may have it.

    One that is nearly a source's name is taken for a misspelling.
    """
    top = module.partition(".")[0]
    if any(path.suffix in _MORE for path in root.iterdir()):
        return None
    near = nearest(module, layouts.modules(root, tree.files(root, tree.Selection())))
    wanted = project_python3.wanted(file)
    is_required = wanted is not None and canonicalize_name(top) in wanted
    if is_required or project_python3.is_installed(directory, top):
        return None
    requires = wanted != set() or not project_requirements.are_none(directory)
    if requires and not near:
        return None
    return "there is no module '%s' among the files.%s" % (module, near)
