"""What `-r requirements.txt` brings into WEB-INF/lib-python: what its lock says."""

from pathlib import Path
from typing import NamedTuple

import click
from click.core import ParameterSource

from isthmus_cli import (
    artifacts,
    console,
    installing,
    lockfile,
    locking,
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
    """What -r and --lib say; the command line takes the place of all of a project's.

    :returns: the two values, and the names of extras and groups, as `of` takes them.
    """
    given = {name: context.params[name] for name in ("requirements", "lib")}
    sources = {name: context.get_parameter_source(name) for name in given}
    if ParameterSource.COMMANDLINE in sources.values():
        for name, source in sources.items():
            if source is ParameterSource.DEFAULT_MAP:
                given[name] = None
    chosen = context.params["extras"], context.params["groups"]
    return given["requirements"], given["lib"], chosen


def of(requirements_file, lib, chosen, root, directory):
    """The libraries that a command asks for.

    :param requirements_file: what was given with -r, or None.
    :param lib: what was given with --lib, or None; only one of the two may be.
    :param chosen: names of extras, and of dependency groups.
    :param root: the application's directory; a requirements.txt there is hinted at.
    :param directory: one that is not there yet, to install into.
    """
    if requirements_file and lib:
        raise click.UsageError("-r and --lib: only one of them.")
    if requirements_file:
        return install(requirements_file, directory, *chosen)
    if any(chosen):
        raise click.UsageError("--extra and --group: of what is said by -r.")
    if lib is None:
        _hint(root)
    return Libraries(lib)


def _hint(root):
    """Tell of requirements that nobody asks for, of the application or the project."""
    for directory in (root, Path()):
        file = project_requirements.default(directory)
        if file.exists():
            hint = "The libraries of %s are not installed: `-r %s` does that."
            console.err().print(hint % (file.name, file.name))
            return


def install(file, directory, extras=(), groups=()):
    """Install what requirements come to into a directory.

    Their lock decides; without one they are resolved now, as `isthmus lock` would.

    :param file: the path of the requirements.
    :param directory: one that is not there yet.
    :param extras: names of optional dependencies of a pyproject.toml.
    :param groups: names of its dependency groups.
    :raises ToolError: if the lock is not of these requirements, or something cannot be
        resolved or fetched.
    """
    wanted = project_requirements.read(file, extras, groups)
    cache = artifacts.cache() / "python"
    path = Path(file).with_name(lockfile.NAME)
    if path.exists():
        lock = lockfile.read(path)
        locking.check(lock, path, wanted)
    else:
        lock = locking.lock(wanted, cache)
        message = "There is no %s: the newest releases that fit were taken."
        if lock.packages:
            advice = " `isthmus lock %s` keeps them." % file
            console.err().print(message % path + advice)
    with console.err().status("Installing libraries"):
        distributions = installing.install(lock, directory, cache, wanted)
    return Libraries(directory, lock, distributions)
