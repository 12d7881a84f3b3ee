"""What makes a WAR executable, as files of wars.War: docs/deploy/executable.md."""

import functools
import pathlib
import tempfile
import zipfile

from paths import RUNS, TARGET

# Directly in these: the classes that need nothing but Java.
FIRST = ("org/isthmus/launcher", "org/isthmus/errors", "org/isthmus/directories")
VERSIONS = "META-INF/versions/11"
LAUNCHER = "WEB-INF/launcher"
MANIFEST = """Manifest-Version: 1.0
Main-Class: org.isthmus.launcher.Main
Multi-Release: true
Enable-Native-Access: ALL-UNNAMED
Add-Opens: java.base/java.io java.base/java.lang java.base/sun.nio.ch
Isthmus-Version: 0.1.0

"""


def files():
    """{path in the WAR: content} of all that is added."""
    return {
        "META-INF/MANIFEST.MF": MANIFEST,
        VERSIONS: lambda parts: first_classes(),
        LAUNCHER: lambda parts: jars(parts.namespace),
    }


def launcher():
    """The launcher as the build packaged it."""
    (jar,) = TARGET.glob("isthmus-*-launcher.jar")
    return jar


@functools.cache
def first_classes():
    """A directory of the classes that Java finds in the archive, and their messages."""
    directory = _directory("first-")
    with zipfile.ZipFile(launcher()) as jar:
        names = [name for name in jar.namelist() if not name.endswith("/")]
        jar.extractall(directory, [n for n in names if n.rpartition("/")[0] in FIRST])
    return directory


@functools.cache
def jars(namespace):
    """A directory of the launcher and of Jetty for one namespace."""
    directory = _directory("launcher-")
    found = [launcher()]
    for part in ("jetty", "jetty-" + namespace):
        found += (TARGET / part).glob("*.jar")
    for jar in found:
        (directory / jar.name).symlink_to(jar)
    return directory


def _directory(prefix):
    RUNS.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=RUNS))
