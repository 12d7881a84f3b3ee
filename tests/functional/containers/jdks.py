"""Finds the JDKs of this machine: the one the build runs on, and a second one."""

import os
import pathlib
import re
import shutil


class Jdk:
    """A Java home with the major version that its `release` file states."""

    def __init__(self, home, major):
        self.home = pathlib.Path(home)
        self.major = major

    def tool(self, name):
        return str(self.home / "bin" / name)

    def __repr__(self):
        return "jdk%d" % self.major


def discover():
    """The JDK in use first, then the newest one of another version, if there is one."""
    first = _first()
    others = [jdk for jdk in _installed(first) if jdk.major != first.major]
    return [first] + sorted(others, key=lambda jdk: -jdk.major)[:1]


def _first():
    # Maven hands on its own JDK as JAVA_HOME; by hand, `java` of the PATH decides.
    home = os.environ.get("JAVA_HOME")
    if not home:
        java = shutil.which("java")
        if not java:
            raise RuntimeError("No JDK: set JAVA_HOME or put java on the PATH.")
        home = pathlib.Path(java).resolve().parent.parent
    jdk = _read(home)
    if jdk is None:
        raise RuntimeError("%s is not a JDK's home: no release file." % home)
    return jdk


def _installed(first):
    homes = {first.home.resolve().parent, pathlib.Path("/usr/lib/jvm")}
    homes.add(pathlib.Path.home() / ".sdkman" / "candidates" / "java")
    homes.add(pathlib.Path.home() / ".jdks")
    found = [entry for home in homes if home.is_dir() for entry in home.iterdir()]
    # CI machines name their JDKs so: JAVA_HOME_25_X64 and the like.
    named = [v for n, v in os.environ.items() if re.match(r"JAVA_HOME_\d+", n)]
    jdks = [_read(entry) for entry in [*found, *map(pathlib.Path, named)]]
    return [jdk for jdk in jdks if jdk is not None and jdk.major >= first.major]


def _read(home):
    home = pathlib.Path(home)
    release = home / "release"
    if not (home / "bin" / "java").exists() or not release.exists():
        return None
    version = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.M)
    return Jdk(home, int(version.group(1))) if version else None
