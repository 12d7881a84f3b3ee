"""The parts of CPython in a web application: the interpreter, and bytecode for it."""

import functools
from pathlib import Path
from typing import NamedTuple

import click

from isthmus_cli import admitted, console
from isthmus_cli.cpython import (
    compiling,
    environments,
    libraries,
    packing,
    releases,
    runtime,
    system_libraries,
)
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError


class WarPython(NamedTuple):
    """The CPython of a web application.

    release    a releases.Release: the one in it, or that its libraries are for
    platforms  JavaCPP's names of those that it and its libraries are for
    is_inside  whether the interpreter is in the web application
    admitted   the admitted.Admitted of the project, or None
    """

    release: object
    platforms: tuple
    is_inside: bool
    admitted: object = None

    def artifacts(self):
        """The Artifacts in it, for the bill of materials."""
        if not self.is_inside:
            return []
        return [self.release.artifact(platform) for platform in self.platforms]

    def inner(self):
        """(name, version, licence[, file]) of what is linked into it or beside it."""
        if not self.is_inside:
            return ()
        return self.release.parts(self.platforms) + tuple(
            component
            for platform in self.platforms
            for component in system_libraries.components(self.release, platform)
        )

    def entries(self, prefix):
        """{name: path} of its archives."""
        if not self.is_inside:
            return {}
        return {
            "%s%s.zip" % (prefix, platform): packing.archive(self.release, platform)
            for platform in self.platforms
        }

    def remarks(self):
        """Yield a line for each platform whose CPython lacks modules."""
        for name in self.platforms if self.is_inside else ():
            lacking = ", ".join(self.release.lacking(name))
            if lacking:
                version = self.release.version
                yield Python3Rule.MODULES_ABSENT.message(version, name, lacking)

    def check(self, python):
        """Check that a virtual environment has the Python of the web application.

        :param python: the path of its interpreter.
        :raises ToolError: it has another, whose libraries and syntax may differ.
        """
        place = python.parents[1]
        version = environments.version(place)
        feature = version and ".".join(version.split(".")[:2])
        if self.is_inside and feature not in (None, self.release.feature):
            values = place, version, self.release.version, self.release.feature
            raise ToolError(Python3Rule.PYTHONS_DIFFER, *values, releases.known())

    def add_bytecode(self, entries, roots, is_wanted):
        """Compile every source; failures in the application's own code are errors.

        :param roots: the prefixes of the application's sources, and of libraries.
        :param is_wanted: whether the bytecode is kept; a Python of the server's may be
            of another version.
        """
        python, feature = runtime.program(self.release), self.release.feature
        own = roots[0]
        bytecode, offenders = compiling.compile_sources(
            entries, roots, python, feature, lambda name: name.startswith(own)
        )
        refused = [o for o in offenders if o.name.startswith(own)]
        if refused:
            listed = ["\n  %s: %s" % (o.name[len(own) :], o.reason) for o in refused]
            count, text = len(refused), "".join(listed)
            raise ToolError(
                Python3Rule.SOURCES_REFUSED, self.release.version, count, text
            )
        if is_wanted and self.is_inside:
            entries.update(bytecode)

    def installing(self):
        """What installs its libraries, as war.libraries.of takes it."""
        return functools.partial(_install, self)


def _install(war_python, file, directory, extras=(), groups=()):
    chosen = (extras, groups)
    release, platforms = war_python.release, war_python.platforms
    installed = libraries.install(file, directory, chosen, release, platforms)
    if not war_python.is_inside:
        _bind(war_python, directory)
    return installed


def _bind(war_python, directory):
    """Say which CPython the server needs for the extensions in a directory.

    :raises ToolError: the project excludes that.
    """
    bound = sorted(Path(directory).rglob("*.cpython-3*.so"))
    if not bound:
        return
    feature, python = war_python.release.feature, war_python.admitted
    name = bound[0].relative_to(directory).as_posix()
    if python and not python.has(war_python.release.version):
        values = name, feature, python.place, python.text
        raise ToolError(Python3Rule.LIBRARIES_NOT_ADMITTED, *values)
    line = "The server needs CPython %s: %s is for that alone."
    console.err().print(line % (feature, name))


def of_options(version, platforms, directory):
    """The WarPython of the options --python and --platform.

    :param version: a version, or "none", or None for the usual one.
    :param platforms: names; none means this machine's.
    :param directory: of the project, which says what Pythons it admits.
    """
    is_inside = version != releases.NONE
    names = tuple(dict.fromkeys(platforms)) or (releases.here(),)
    python = admitted.of(directory)
    try:
        release = releases.find(version if is_inside else None, names, python)
    except ToolError:
        if is_inside:
            raise
        # The server may have what the tool does not: these libraries are the nearest.
        release = releases.find(None, names)
    for name in names:
        release.artifact(name, python, names)
    return WarPython(release, names, is_inside, python)


PYTHON = click.option(
    "--python",
    "python",
    metavar="VERSION",
    help="With the engine cpython, the CPython to include, such as 3.12; `none` leaves"
    " it to the server.",
)
PLATFORM = click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="NAME",
    help="With the engine cpython, what the server is, such as linux-x86_64; by default"
    " this machine's. Several make one WAR for all.",
)
