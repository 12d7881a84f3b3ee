"""The libraries in WEB-INF/lib-python: those in the lock of `-r requirements.txt`."""

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
    return given["requirements"], given["lib"], chosen


def of(requirements_file, lib, chosen, root, directory, installing=None):
    """The libraries for a command.

    :param requirements_file: the value of -r, or None.
    :param lib: the value of --lib, or None; at most one of the two may be given.
    :param chosen: names of extras, and of dependency groups.
    :param root: the application's directory, for a hint about its requirements.txt.
    :param directory: a new one, to install into.
    :param installing: what installs, with the parameters of `install`, which does it
        for Jython.
    """
    if requirements_file and lib:
        raise click.UsageError("-r and --lib: only one of them.")
    if requirements_file:
        return (installing or install)(requirements_file, directory, *chosen)
    if any(chosen):
        raise click.UsageError(
            "--extra and --group need -r, whose requirements they select from."
        )
    if lib is None:
        _hint(root)
    return Libraries(lib)


def _hint(root):
    """Hint at requirements of the application or the project, if -r is not given."""
    for directory in (root, Path()):
        file = project_requirements.default(directory)
        if file.exists():
            hint = "The libraries of %s are not installed: `-r %s` does that."
            console.err().print(hint % (file.name, file.name))
            return


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
