"""Checks that a project has the application that `isthmus war` would name.

It refuses only what certainly cannot work: later, more is known.
"""

import difflib
import re

from packaging.utils import canonicalize_name

from isthmus_cli import (
    apps,
    bindings,
    layouts,
    lock_names,
    project,
    project_requirements,
)
from isthmus_cli.cpython import environments
from isthmus_cli.doctor import installed_modules, project_python3, project_sources
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import archive, tree

_COMPILED = (".class", ".pyc", ".pyd", ".so")
# With one of these, a package may have modules that are not in its directory.
_ELSEWHERE = re.compile(r"__path__|namespace|\bmodules\b|meta_path")
# What may have libraries that no requirements state.
_LOCKS = (lock_names.PYLOCKS, lock_names.UV, lock_names.POETRY, "Pipfile")
# As difflib counts: "helo" is near to "hello", "graphite" not to "graphite_settings".
_NEAR = 0.8


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
    file = table.get("requirements")
    file = directory / file if isinstance(file, str) else None
    chosen = [project_sources.strings(table.get(key)) for key in ("extra", "group")]
    check_source(found, directory, file, table.get("lib"), chosen)
    return "application: %s" % found.spec


def check_source(found, directory, file, lib, chosen, is_served=False):
    """Check what an application's name says by its source, before anything runs.

    :param found: an apps.App.
    :param directory: of the project.
    :param file: the path of its requirements; None for what the project states.
    :param lib: a directory of its libraries, or None.
    :param chosen: the names of extras, and those of dependency groups.
    :param is_served: whether it runs in the project's virtual environment, if there is
        one.
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
        python = environments.find(directory)
        required = _required(found.root, directory, file, chosen)
        why = None
        if not _may_be_elsewhere(named.module_name, found.root, required, python):
            has_libraries = required or (is_served and python)
            why = _absent(named.module_name, found.root, has_libraries)
    if why:
        raise apps.unknown(found.spec, why)


def _unbound(path, shown, name):
    is_package = path.name == "__init__.py"
    beside = {p.stem for p in path.parent.iterdir()} if is_package else set()
    return bindings.objection(shown, archive.octets(path), name, beside)


def _required(root, directory, file, chosen):
    """The canonical names of what is required; None if they are not known."""
    places = dict.fromkeys((directory, root))
    files = [file] if file else map(project_requirements.default, places)
    every = [project_python3.wanted(f, chosen) for f in files]
    if None in every:
        return None
    if any(every):
        return set().union(*every)
    locks = [lock for p in places for name in _LOCKS for lock in p.glob(name)]
    is_stated = locks or any(chosen) or not project_requirements.are_none(directory)
    return None if is_stated else set()


def _may_be_elsewhere(module, root, required, python):
    """Whether something may have a module that no source is."""
    top = module.partition(".")[0]
    if required is None or any(canonicalize_name(top) in name for name in required):
        return True
    if python and installed_modules.may_have(python.parents[1], top):
        return True
    if any(path.suffix in layouts.ADDING for path in root.iterdir()):
        return True
    path = module.replace(".", "/")
    compiled = [*root.glob(path + "[.$]*"), *root.glob(path + "/__init__[.$]*")]
    if any(file.suffix in _COMPILED for file in compiled):
        return True
    parts = module.split(".")
    packages = [".".join(parts[:count]) for count in range(1, len(parts))]
    sources = [root / f for f in (apps.module_file(root, p) for p in packages) if f]
    return any(_ELSEWHERE.search(_text(source)) for source in sources)


def _absent(module, root, has_libraries):
    """What is wrong with a module that no source is; None if a library may have it.

    One is taken for a misspelling if its first part is the project's own, or nearly.
    """
    try:
        names = list(layouts.modules(root, tree.files(root, tree.Selection())))
    except ToolError:
        # Reported by what packs the files, unless they are excluded.
        names = []
    if has_libraries and not _is_own(module.partition(".")[0], root, names):
        return None
    near = nearest(module, names)
    return "there is no module '%s' among the files.%s" % (module, near)


def _is_own(top, root, names):
    own = {name.partition(".")[0] for name in names}
    if top in own:
        # Without a source, it is a namespace package that libraries may add to (PEP
        # 420).
        return apps.module_file(root, top) is not None
    return bool(difflib.get_close_matches(top, own, 1, _NEAR))


def _text(path):
    return archive.octets(path).decode("utf-8", "replace")
