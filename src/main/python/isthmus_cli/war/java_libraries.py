"""The jars that `--java-lib` adds to WEB-INF/lib, such as a JDBC driver."""

import hashlib
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from isthmus_cli.artifacts import Artifact
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import maven_jars

_POM = re.compile(r"META-INF/maven/[^/]+/[^/]+/pom\.properties")
_NUMBERED = re.compile(r"(.+?)-(\d[^/]*)")


class JavaLibrary(NamedTuple):
    """One jar.

    path      its file
    artifact  what the bill of materials says of it, an artifacts.Artifact
    """

    path: Path
    artifact: Artifact


def of(named):
    """The libraries in the given jars and directories, or of Maven's coordinates.

    :param named: for each, a Path, or ``group:artifact:version``.
    :raises ToolError: if one is not a jar, or two have the same name.
    """
    found = {}
    for each in named:
        path = maven_jars.path(each) if isinstance(each, str) else each
        for jar in _jars(path):
            other = found.setdefault(jar.name, jar)
            if other != jar and other.read_bytes() != jar.read_bytes():
                raise ToolError(Rule.JAR_TAKEN, jar.name, other, jar)
    return [_library(jar) for jar in found.values()]


def _jars(path):
    if not path.is_dir():
        return [path]
    jars = sorted(path.glob("*.jar"))
    if not jars:
        raise ToolError(Rule.JAR_UNREADABLE, path, "there is no *.jar in it")
    return jars


def _library(path):
    try:
        octets = path.read_bytes()
        with zipfile.ZipFile(path) as jar:
            poms = [jar.read(n) for n in jar.namelist() if _POM.fullmatch(n)]
    except (OSError, zipfile.BadZipFile) as error:
        why = getattr(error, "strerror", None) or error
        raise ToolError(Rule.JAR_UNREADABLE, path, why) from error
    if path.suffix != ".jar":
        why = "its name does not end in .jar, so no container would look into it"
        raise ToolError(Rule.JAR_UNREADABLE, path, why)
    digest = hashlib.sha256(octets).hexdigest()
    return JavaLibrary(path, Artifact(*_named(path, poms), "", len(octets), digest))


def _named(path, poms):
    """Group, name and version: from Maven's metadata, or else from the file name."""
    if len(poms) == 1:
        lines = poms[0].decode("utf-8", "replace").splitlines()
        properties = {
            k.strip(): v.strip() for k, _, v in (n.partition("=") for n in lines)
        }
        names = [properties.get(key) for key in ("groupId", "artifactId", "version")]
        if all(names):
            return names
    numbered = _NUMBERED.fullmatch(path.stem)
    name, version = numbered.groups() if numbered else (path.stem, "unknown")
    return "unknown", name, version
