"""CPython as files: unpacked for this machine, and as an archive for web applications.

Both are made once, in the tool's cache, from an artifact whose digest is known.
"""

import hashlib
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from isthmus_cli import artifacts, console
from isthmus_cli.cpython import compiling, pruning, releases, running
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import archive as archives

# Changes with what is made of an artifact, so that the cache of another version of the
# tool is not used.
_FORM = "1"


def program(release):
    """The path of the interpreter, which has pip, for this machine.

    :raises ToolError: if there is none for this machine, or it does not run.
    """
    artifact = release.artifact(releases.here())
    directory = artifacts.cache() / "cpython" / _name(artifact)
    python = directory / pruning.PROGRAM
    if not python.exists():
        _unpack(artifact, directory)
    return python


def archive(release, platform):
    """The path of the archive that goes into WEB-INF/cpython.

    :param platform: one of the release's.
    """
    artifact = release.artifact(platform)
    path = artifacts.cache() / "cpython" / (_name(artifact) + ".zip")
    if not _is_whole(path):
        with console.err().status("Packing CPython %s" % release.version):
            _pack(artifact, release, platform, path)
    return path


def _name(artifact):
    return "%s-%s-%s" % (artifact.version, artifact.classifier, _FORM)


def _jar(artifact):
    (path,) = artifacts.obtain([artifact], "CPython")
    return zipfile.ZipFile(path)


def _unpack(artifact, directory):
    """Everything in it, because pip is needed here; complete, or not at all."""
    prefix = pruning.ROOT + artifact.classifier + "/"
    with _jar(artifact) as jar:
        places = pruning.kept(jar.namelist(), artifact.classifier)
        more = [n for n in jar.namelist() if pruning.is_installers(n[len(prefix) :])]
        places.update({name[len(prefix) :]: name for name in more})
        try:
            directory.parent.mkdir(parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(dir=directory.parent, prefix="."))
            try:
                for place, name in places.items():
                    target = partial / place
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(jar.read(name))
                (partial / pruning.PROGRAM).chmod(0o755)
                _check(partial / pruning.PROGRAM)
                os.rename(partial, directory)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
        except OSError as error:
            # Another process may have been faster.
            if not directory.exists():
                said = error.strerror or error
                raise ToolError(
                    Rule.CACHE_UNWRITABLE, artifacts.cache(), said
                ) from error


def _check(python):
    """Start it once, with all that the machine must have for it."""
    try:
        done = running.run([python, "-I", "-c", "import ctypes, ssl"])
    except OSError as error:
        raise ToolError(Rule.PYTHON_FAILED, python, error.strerror) from error
    if done.returncode != 0:
        raise ToolError(Rule.PYTHON_FAILED, python, running.last_lines(done.stderr))
    if not list(python.parents[1].glob("lib/python3.*/site-packages/pip")):
        running.run([python, "-I", "-m", "ensurepip", "--default-pip"])


def _pack(artifact, release, platform, path):
    with _jar(artifact) as jar:
        places = pruning.kept(jar.namelist(), platform)
        entries = {place: jar.read(name) for place, name in places.items()}
    root = "lib/python%s/" % release.feature
    found = compiling.compile_sources(
        entries, (root,), program(release), release.feature, lambda name: False
    )
    entries.update(found[0])
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        made = Path(place, path.name)
        # The same everywhere: others build with a SOURCE_DATE_EPOCH of their own.
        archives.write(entries, made, archives.TIME)
        octets = made.read_bytes()
    artifacts.keep(octets, path)
    artifacts.keep(hashlib.sha256(octets).hexdigest().encode(), _digest(path))


def _digest(path):
    return path.with_name(path.name + ".sha256")


def _is_whole(path):
    try:
        digest = _digest(path).read_text("ascii")
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False
