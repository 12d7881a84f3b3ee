"""Paths that Java cannot handle, and a workaround: links in a directory that it can.

A class path cannot quote its separator, and ``!/`` ends the name of the archive in a
URL of one of its entries (java.net.JarURLConnection), by which Jython finds itself.
"""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from isthmus_cli.rules import Rule, ToolError

_UNSPEAKABLE = (os.pathsep, "!" + os.sep)
_USUAL = ("/tmp", "/var/tmp")


def is_plain(path):
    """Whether Java can handle an absolute path."""
    return not any(what in str(path) + os.sep for what in _UNSPEAKABLE)


@contextlib.contextmanager
def temporary(prefix):
    """Create a temporary directory with a path that Java can handle.

    :raises ToolError: if there is no place for one.
    """
    usual = tempfile.gettempdir()
    places = [place for place in (usual, *_USUAL) if is_plain(place)]
    place = next((p for p in places if os.access(p, os.W_OK | os.X_OK)), None)
    if place is None:
        raise ToolError(Rule.PATH_UNSPEAKABLE, usual)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place) as directory:
        yield Path(directory)


def class_path(jars, directory):
    """The jars as a class path.

    :param directory: one with a plain path, for links to jars without one.
    """
    return os.pathsep.join(str(_spoken(jar, directory)) for jar in jars)


def _spoken(jar, directory):
    if is_plain(jar):
        return jar
    spoken = directory / "jars" / jar.name
    spoken.parent.mkdir(exist_ok=True)
    if not spoken.exists():
        link(jar, spoken)
    return spoken


def link(source, target):
    """Make a file available in a second place: a link, if the file system has them."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
