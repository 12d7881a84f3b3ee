"""`isthmus lock`: which release of each library goes into the web application."""

from pathlib import Path

import click

from isthmus_cli import (
    artifacts,
    console,
    lockfile,
    locking,
    project,
    project_requirements,
    words,
)
from isthmus_cli.exit_codes import FINDINGS
from isthmus_cli.names import counted
from isthmus_cli.rules import ToolError


@click.command(cls=project.LockCommand)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@words.EXTRA
@words.GROUP
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The lock file; by default isthmus.lock next to the requirements.",
)
@click.option(
    "--upgrade", is_flag=True, help="Upgrade to newer versions than those in the lock."
)
@click.option(
    "--check",
    is_flag=True,
    help="Only check whether the lock matches the requirements: exit code 0 or 1.",
)
def command(file, extras, groups, output, upgrade, check):
    """Find releases that run on Jython (Python 2.7, no C extensions) and lock them.

    FILE is in pip's format, or a pyproject.toml with [project] dependencies. By
    default it is requirements.txt, or pyproject.toml if there is none. Packages come
    from the indexes that pip is configured with. Versions that are already locked stay
    unless they no longer fit.

    \b
    isthmus lock requirements.txt
    isthmus lock pyproject.toml --extra web --group jython
    isthmus lock --upgrade
    isthmus lock --check          # in CI: is the lock up to date?
    """
    file = file or project_requirements.default(Path())
    wanted = project_requirements.read(file, extras, groups)
    output = output or file.with_name(lockfile.NAME)
    if check:
        return _check(output, wanted)
    pins = {} if upgrade or not output.exists() else lockfile.read(output).pins()
    made = locking.lock(wanted, artifacts.cache() / "python", pins)
    lockfile.write(output, made)
    _tell(output, made, pins)


def _check(output, wanted):
    try:
        locking.check(lockfile.read(output), output, wanted)
    except ToolError as drift:
        console.err().print(str(drift))
        return FINDINGS
    return 0


def _tell(output, made, pins):
    err = console.err()
    for package in made.packages:
        before = pins.get(package.name)
        if pins and before != package.version:
            change = "%s -> %s" % (before or "new", package.version)
            err.print("%s %s" % (package.name, change))
        if package.remark:
            err.print("%s: %s" % (package.name, package.remark))
    for gone in sorted(set(pins) - set(made.pins())):
        err.print("%s is gone" % gone)
    asked = [p for p in made.packages if locking.ROOT in p.needed_by]
    names = ", ".join("%s %s" % (package.name, package.version) for package in asked)
    count = counted(len(made.packages), "package")
    console.out().print("%s: %s%s" % (output, count, names and " for " + names))
