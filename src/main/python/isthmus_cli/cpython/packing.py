"""CPython as an archive for web applications: pruned, compiled, and whole.

It is made once, in the tool's cache, from an artifact and wheels with known digests.
"""

import hashlib
import tempfile
from pathlib import Path

from isthmus_cli import artifacts, console
from isthmus_cli.cpython import compiling, pruning, runtime, system_libraries
from isthmus_cli.war import archive as archives

# Changes with what is made of an artifact, so that the cache of another version of the
# tool is not used.
_FORM = "2"


def archive(release, platform):
    """The path of the archive that goes into WEB-INF/cpython.

    :param platform: one of the release's.
    """
    artifact = release.artifact(platform)
    name = "%s-%s-%s.zip" % (artifact.version, artifact.classifier, _FORM)
    path = artifacts.cache() / "cpython" / name
    if not _is_whole(path):
        with runtime.jar(artifact) as jar:
            places = pruning.kept(jar.namelist(), platform)
            entries = {place: jar.read(name) for place, name in places.items()}
        entries.update(system_libraries.entries(release, platform))
        with console.err().status("Packing CPython %s" % release.version):
            _pack(entries, release, path)
    return path


def _pack(entries, release, path):
    root = "lib/python%s/" % release.feature
    found = compiling.compile_sources(
        entries, (root,), runtime.program(release), release.feature, lambda name: False
    )
    entries.update(found[0])
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        made = Path(place, path.name)
        archives.write(entries, made)
        octets = made.read_bytes()
    artifacts.keep(octets, path)
    artifacts.keep(hashlib.sha256(octets).hexdigest().encode(), _digest(path))


def _digest(path):
    return path.with_name(path.name + ".sha256")


def _is_whole(path):
    try:
        return artifacts.digest(path) == _digest(path).read_text("ascii")
    except OSError:
        return False
