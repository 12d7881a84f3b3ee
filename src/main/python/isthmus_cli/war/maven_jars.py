"""Jars that `--java-lib` names by Maven's coordinates, from the cache or from Maven.

The first time, the jar comes from the local repository or is fetched, and the cache
keeps it with its SHA-256. From then on it comes from the cache, where a damaged one is
replaced.
"""

import re
import tempfile
from pathlib import Path

import click

from isthmus_cli import artifacts, maven
from isthmus_cli.artifacts import Artifact
from isthmus_cli.rules import Rule, ToolError

# Three parts, in which Maven allows these characters (maven-model, ModelValidator).
_COORDINATES = re.compile(r"([\w.-]+):([\w.-]+):([\w.+-]+)")


class JarOrCoordinates(click.Path):
    """The type of the option: an existing file or directory, or coordinates."""

    def __init__(self):
        super().__init__(exists=True, path_type=Path)

    def convert(self, value, param, ctx):
        """Leave coordinates as they are, unless there is such a file."""
        if isinstance(value, str) and _COORDINATES.fullmatch(value):
            if not Path(value).exists():
                return value
        return super().convert(value, param, ctx)


def path(coordinates):
    """The jar of ``group:artifact:version``, without its dependencies.

    :raises ToolError: if it cannot be fetched.
    """
    named = Artifact(*_COORDINATES.fullmatch(coordinates).groups(), "", 0, "")
    jar = artifacts.cache() / "java-lib" / named.path
    digest = jar.with_name(jar.name + ".sha256")
    if not _is_whole(jar, digest):
        content = _content(named, coordinates)
        artifacts.keep(content, jar)
        artifacts.keep(artifacts.digest(jar).encode(), digest)
    return jar


def _is_whole(jar, digest):
    try:
        return artifacts.digest(jar) == digest.read_text("ascii")
    except OSError:
        return False


def _content(named, coordinates):
    local = maven.local_repository() / named.path
    if local.is_file():
        return local.read_bytes()
    with tempfile.TemporaryDirectory(prefix="isthmus-") as fetched:
        why = maven.fetch([named], Path(fetched), lambda size: None)
        source = Path(fetched, named.file)
        if not source.is_file():
            raise ToolError(Rule.JAR_UNREADABLE, coordinates, why)
        return source.read_bytes()
