"""The libraries in WEB-INF/lib-python: those in the lock of `-r requirements.txt`."""

from pathlib import Path
from typing import NamedTuple

import click
from click.core import ParameterSource
from packaging.pylock import is_valid_pylock_path
from packaging.utils import canonicalize_name

from isthmus_cli import (
    artifacts,
    console,
    installing,
    lock_names,
    lockfile,
    locking,
    project,
    project_requirements,
)


class Libraries(NamedTuple):
    """Installed libraries.

    directory      what becomes WEB-INF/lib-python, or None
    lock           the lockfile.Lock that they were installed from, or None
    distributions  what installing.install returned for it
    """

    directory: object = None
    lock: object = None
    distributions: object = None


def wanted(context):
    """The values of -r and --lib; on the command line, either overrides the project.

    :returns: the two values, and the names of extras and groups, as `of` takes them.
    """
    given = {name: context.params[name] for name in ("requirements", "lib")}
    sources = {name: context.get_parameter_source(name) for name in given}
    if ParameterSource.COMMANDLINE in sources.values():
        for name, source in sources.items():
            if source is ParameterSource.DEFAULT_MAP:
                given[name] = None
    chosen = context.params["extras"], context.params["groups"]
    file = given["requirements"]
    if file and is_valid_pylock_path(file):
        ways = map(context.get_parameter_source, ("extras", "groups"))
        if ParameterSource.COMMANDLINE in ways:
            message = "--extra and --group: '%s' has those it was locked with."
            raise click.UsageError(message % file)
        # Those in pyproject.toml are for `isthmus lock`, which has added them.
        chosen = (), ()
    return file, given["lib"], chosen


def of(requirements_file, lib, chosen, root, directory, installing=None, lock=None):
    """The libraries for a command.

    :param requirements_file: the value of -r, or None for what the project states.
    :param lib: the value of --lib, or None; at most one of the two may be given.
    :param chosen: names of extras, and of dependency groups.
    :param root: the application's directory.
    :param directory: a new one, to install into.
    :param installing: what installs, with the parameters of `install`, which does it
        for Jython.
    :param lock: as for `stated`.
    """
    if requirements_file and lib:
        raise click.UsageError("-r and --lib: only one of them.")
    if requirements_file is None and lib is None:
        requirements_file = stated(root, lock, any(chosen))
    if requirements_file:
        return (installing or install)(requirements_file, directory, *chosen)
    if any(chosen):
        raise click.UsageError(
            "--extra and --group need -r, whose requirements they select from."
        )
    return Libraries(lib)


def stated(root, lock=None, has_chosen=False):
    """The path of what states a project's libraries, or None if there is no such file.

    :param root: the application's directory.
    :param lock: the name of a lock that needs no requirements beside it.
    :param has_chosen: whether extras or groups are requested, which count, too.
    """
    for directory in (Path(), root):
        file = project_requirements.default(directory)
        if file.name == project.FILE and not has_chosen:
            if not project_requirements.has_dependencies(directory):
                continue
        for path in (file, *([directory / lock] if lock else [])):
            if path.is_file():
                return path
    return None


def advise(file, path, wanted, names):
    """Say that there is no lock, if the requirements leave the choice of a release.

    :param path: of the lock that is absent.
    :param wanted: the requirements.Requirements.
    :param names: of the libraries that were found, normalized.
    """
    pinned = {canonicalize_name(r.name) for r in wanted.wanted if _is_pin(r)}
    if names - pinned:
        message = "There is no %s: the newest releases that fit were taken."
        advice = " `isthmus lock %s` keeps them."
        console.err().print(message % path + advice % file)


def _is_pin(requirement):
    return any(
        bound.operator in ("==", "===") and not bound.version.endswith(".*")
        for bound in requirement.specifier
    )


def install(file, directory, extras=(), groups=()):
    """Resolve requirements and install them into a directory.

    Their lock wins; without one they are resolved now, as by `isthmus lock`.

    :param file: the path of the requirements.
    :param directory: a new one.
    :param extras: names of optional dependencies of a pyproject.toml.
    :param groups: names of its dependency groups.
    :raises ToolError: if the lock is out of date, or something cannot be resolved or
        fetched.
    """
    wanted = project_requirements.read(file, extras, groups)
    cache = artifacts.cache() / "python"
    path = Path(file).with_name(lock_names.ISTHMUS)
    if path.exists():
        lock = lockfile.read(path)
        locking.check(lock, path, wanted)
    else:
        lock = locking.lock(wanted, cache)
        advise(file, path, wanted, {package.name for package in lock.packages})
    with console.err().status("Installing libraries"):
        distributions = installing.install(lock, directory, cache, wanted)
    return Libraries(directory, lock, distributions)
