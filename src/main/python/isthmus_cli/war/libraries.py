"""What `-r requirements.txt` brings into WEB-INF/lib-python: what its lock says."""

from pathlib import Path
from typing import NamedTuple

import click
from click.core import ParameterSource

from isthmus_cli import artifacts, console, installing, lockfile, locking, requirements

FILE = "requirements.txt"


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

    :returns: the two values, as `of` takes them.
    """
    given = {name: context.params[name] for name in ("requirements", "lib")}
    sources = {name: context.get_parameter_source(name) for name in given}
    if ParameterSource.COMMANDLINE in sources.values():
        for name, source in sources.items():
            if source is ParameterSource.DEFAULT_MAP:
                given[name] = None
    return given["requirements"], given["lib"]


def of(requirements_file, lib, root, directory):
    """The libraries that a command asks for.

    :param requirements_file: what was given with -r, or None.
    :param lib: what was given with --lib, or None; only one of the two may be.
    :param root: the application's directory; a requirements.txt there is hinted at.
    :param directory: one that is not there yet, to install into.
    """
    if requirements_file and lib:
        raise click.UsageError("-r and --lib: only one of them.")
    if requirements_file:
        return install(requirements_file, directory)
    if lib is None and (root / FILE).exists():
        hint = "%s is not installed: `-r %s` does that."
        console.err().print(hint % (FILE, FILE))
    return Libraries(lib)


def install(file, directory):
    """Install what requirements come to into a directory.

    Their lock decides; without one they are resolved now, as `isthmus lock` would.

    :param file: the path of the requirements.
    :param directory: one that is not there yet.
    :raises ToolError: if the lock is not of these requirements, or something cannot be
        resolved or fetched.
    """
    wanted = requirements.read(file)
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
