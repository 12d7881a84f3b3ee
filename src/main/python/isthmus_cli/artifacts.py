"""The jars that the wheel does not include, from a cache that is filled once.

The wheel's lock (src/wheel/artifact_lock.py) lists them: each jar's coordinates, size
and SHA-256. Jars in the cache are verified at each use, so a damaged one is replaced.
Missing ones come from the local Maven repository, or else through an installed Maven,
which knows its user's repositories; so none is named here. Any number of processes may
fill the cache at once: a jar appears complete, by a rename, and all of them would write
the same octets.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import NamedTuple

from isthmus_cli import bundled, console, maven
from isthmus_cli.home import CACHE as CACHE
from isthmus_cli.home import cache as cache
from isthmus_cli.rules import Rule, ToolError

NAMESPACES = ("jakarta", "javax")
# The set in the lock for each form of Jython.
JYTHON = {"slim": "jython", "standalone": "jython-standalone"}

_BLOCK = 1 << 20


class Artifact(NamedTuple):
    """One jar, as listed in the lock."""

    group: str
    name: str
    version: str
    classifier: str
    size: int
    sha256: str

    @property
    def file(self):
        """Its name, ``guava-33.2.1-jre.jar``."""
        suffix = "-" + self.classifier if self.classifier else ""
        return "%s-%s%s.jar" % (self.name, self.version, suffix)

    @property
    def path(self):
        """Its path in a Maven repository, and so in the cache."""
        return Path(*self.group.split("."), self.name, self.version, self.file)

    @property
    def coordinates(self):
        """``group:name:version``, for messages."""
        return ":".join((self.group, self.name, self.version))


def jython(kind="slim"):
    """The jars of Jython.

    :param kind: ``slim``, one jar per library; or ``standalone``, a single jar.
    :raises ToolError: if one cannot be found, or the cache cannot be written.
    """
    return resolve(JYTHON[kind])


def jetty(namespace):
    """The jars of the Jetty for this servlet namespace.

    :param namespace: ``jakarta`` or ``javax``.
    """
    return resolve("jetty") + resolve("jetty-" + namespace)


def isthmus(namespace):
    """Isthmus's own jar for this servlet namespace, from the wheel."""
    return bundled.jar("" if namespace == "jakarta" else namespace)


def wanted(name):
    """The artifacts of one set in the lock."""
    return [Artifact(**entry) for entry in bundled.artifacts(name)]


def resolve(name):
    """The paths, in the cache, of the jars of one set in the lock."""
    return obtain(wanted(name), name)


def obtain(jars, name):
    """The paths, in the cache, of any jars whose digests are known.

    :param jars: the Artifacts.
    :param name: what they are, for messages.
    :raises ToolError: if one cannot be found, or the cache cannot be written.
    """
    directory = cache() / "artifacts"
    missing = [a for a in jars if not is_whole(directory / a.path, a)]
    if missing:
        total = sum(artifact.size for artifact in missing)
        with console.progress("Fetching " + name, total) as advance:
            _fill(missing, directory, advance)
    return [directory / artifact.path for artifact in jars]


def is_whole(path, artifact):
    """Whether a file exists and is this artifact, octet by octet."""
    try:
        return path.stat().st_size == artifact.size and digest(path) == artifact.sha256
    except OSError:
        return False


def _fill(missing, directory, advance):
    repository = maven.local_repository()
    absent = []
    for artifact in missing:
        source = repository / artifact.path
        if is_whole(source, artifact):
            keep(source.read_bytes(), directory / artifact.path)
            advance(artifact.size)
        else:
            absent.append(artifact)
    if absent:
        _fetch(absent, len(missing), directory, advance)


def _fetch(absent, count, directory, advance):
    with tempfile.TemporaryDirectory(prefix="isthmus-") as fetched:
        why = maven.fetch(absent, Path(fetched), advance)
        for artifact in absent:
            source = Path(fetched, artifact.file)
            if not source.is_file():
                raise refusal(artifact, len(absent), count, why)
            if not is_whole(source, artifact):
                here = maven.local_repository() / artifact.path
                values = (here, digest(source), artifact.sha256)
                raise ToolError(Rule.ARTIFACT_DAMAGED, *values)
            keep(source.read_bytes(), directory / artifact.path)


def refusal(artifact, absent, count, why):
    """The ToolError for jars that cannot be found.

    :param artifact: the first of them.
    :param absent: how many are missing.
    :param count: how many are needed.
    :param why: the reason why they cannot be fetched.
    """
    repository = maven.local_repository()
    what = artifact.coordinates
    for place in (cache() / "artifacts", repository):
        file = place / artifact.path
        if file.is_file() and not is_whole(file, artifact):
            what += ", whose file '%s' is damaged" % file
    values = (absent, count, cache(), repository, why, what)
    return ToolError(Rule.ARTIFACT_ABSENT, *values)


def keep(content, target):
    """Write a file into the cache, completely or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as partial:
            copy = Path(partial, target.name)
            copy.write_bytes(content)
            copy.replace(target)
    except OSError as error:
        why = error.strerror or str(error)
        raise ToolError(Rule.CACHE_UNWRITABLE, cache(), why) from error


def digest(path):
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()
