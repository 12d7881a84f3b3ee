"""`isthmus lock`: which release of each library goes into the web application."""

from pathlib import Path

import click

from isthmus_cli import (
    artifacts,
    console,
    engines,
    installing,
    lock_names,
    lockfile,
    locking,
    project,
    project_requirements,
    words,
)
from isthmus_cli.cpython import exporting, pip, pylock
from isthmus_cli.cpython import libraries as libraries3
from isthmus_cli.cpython import war as cpython
from isthmus_cli.exit_codes import DONE, FINDINGS
from isthmus_cli.names import counted
from isthmus_cli.rules import ToolError


@click.command(cls=project.LockCommand)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@words.ENGINE
@cpython.PYTHON
@cpython.PLATFORM
@words.EXTRA
@words.GROUP
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The lock file; by default isthmus.lock, or pylock.toml for Python 3, next to"
    " the requirements.",
)
@click.option(
    "--upgrade", is_flag=True, help="Upgrade to newer versions than those in the lock."
)
@click.option(
    "--check",
    is_flag=True,
    help="Only check whether the lock matches the requirements: exit code 0 or 1.",
)
@click.option(
    "--install",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIRECTORY",
    help="Also install the locked libraries there, in place of those of an earlier run:"
    " lib-python of a program that embeds its container.",
)
def command(
    file, engine, python, platforms, extras, groups, output, upgrade, check, target
):
    """Find releases of libraries that run on the application's Python, and lock them.

    On Jython that is Python 2.7, without C extensions; for Python 3 it is the CPython
    that `isthmus war` includes, and its wheels.

    FILE is in pip's format, or a pyproject.toml with [project] dependencies. By
    default it is requirements.txt, or pyproject.toml if there is none. Packages come
    from the indexes that pip is configured with. Versions that are already locked stay
    unless they no longer fit.

    \b
    isthmus lock requirements.txt
    isthmus lock pyproject.toml --extra web --group production
    isthmus lock --upgrade
    isthmus lock --check          # in CI: is the lock up to date?
    isthmus lock --install src/main/lib-python      # with Spring Boot
    """
    if check and target:
        raise click.UsageError("--check and --install: only one of them.")
    if file is None:
        file = project_requirements.default(Path())
        if not file.exists() and Path(project.FILE).exists():
            file = Path(project.FILE)
            if not (extras or groups) and _is_without(output):
                text = "%s has no [project] dependencies: there is nothing to lock."
                console.err().print(text % file)
                return DONE
    wanted = project_requirements.read(file, extras, groups)
    directory = _project(file)
    choice = engines.choose(engine, directory, file, directory=directory)
    if not engine:
        engines.tell(choice)
    if choice.name == engines.CPYTHON:
        output = output or file.with_name(lock_names.PYLOCK)
        war_python = cpython.of_options(python, platforms, directory)
        exported = None if check else exporting.lock(file, extras, groups)
        code = _lock3(file, wanted, output, war_python, upgrade, check, exported)
        if target:
            args = war_python.release, war_python.platforms, wanted
            installing.replace(
                target, lambda to: libraries3.install_locked(output, to, *args)
            )
        return code
    output = output or file.with_name(lock_names.ISTHMUS)
    if check:
        return _check(output, wanted)
    pins = {} if upgrade or not output.exists() else lockfile.read(output).pins()
    made = locking.lock(wanted, artifacts.cache() / "python", pins)
    lockfile.write(output, made)
    _tell(output, made, pins)
    if target:
        cache = artifacts.cache() / "python"
        installing.replace(
            target, lambda to: installing.install(made, to, cache, wanted)
        )


def _is_without(output):
    """Whether the project requires no libraries, and has no lock of any."""
    locks = [output] if output else [lock_names.ISTHMUS, lock_names.PYLOCK]
    is_locked = any(Path(lock).exists() for lock in locks)
    return not is_locked and project_requirements.are_none(Path())


def _project(file):
    """The directory of the project whose requirements a file states."""
    own = file.absolute().parent
    is_below = Path.cwd() in own.parents and not (own / project.FILE).exists()
    return Path() if is_below else file.parent


def _lock3(file, wanted, output, war_python, upgrade, check, exported):
    """The same for Python 3: write a pylock.toml, or check one.

    :param exported: what uv or Poetry has locked, which is then what is written.
    """
    digest = wanted.digest()
    if check:
        try:
            pylock.Lock(output).check(digest)
        except ToolError as drift:
            console.err().print(str(drift))
            return FINDINGS
        return 0
    before = pylock.Lock(output).pins() if output.exists() else {}
    release, platforms = war_python.release, war_python.platforms
    if exported:
        found = {platform: exported.select(release, platform) for platform in platforms}
    else:
        pins = {} if upgrade else before
        found = libraries3.find(file, wanted, release, platforms, pins)
    pylock.write(output, release, found, digest)
    made = {w.name: w.version for wheels in found.values() for w in wheels}
    for name in sorted(made):
        if before and before.get(name) != made[name]:
            change = "%s -> %s" % (before.get(name) or "new", made[name])
            console.err().print("%s %s" % (name, change))
    for gone in sorted(set(before) - set(made)):
        console.err().print("%s is gone" % gone)
    for platform in platforms:
        if not pip.is_for_here(platform):
            message = (
                "Markers on the operating system were those of this machine, not %s."
            )
            console.err().print(message % platform)
    target = "CPython %s on %s" % (release.feature, ", ".join(platforms))
    count = counted(len(made), "package")
    console.out().print("%s: %s for %s" % (output, count, target))
    return 0


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
