"""CPython as files: unpacked once for this machine, in the tool's cache."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from isthmus_cli import artifacts
from isthmus_cli.cpython import pruning, releases, running
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

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


def _name(artifact):
    return "%s-%s-%s" % (artifact.version, artifact.classifier, _FORM)


def jar(artifact):
    """The artifact, opened."""
    (path,) = artifacts.obtain([artifact], "CPython")
    return zipfile.ZipFile(path)


def _unpack(artifact, directory):
    """Everything in it, because pip is needed here; complete, or not at all."""
    prefix = pruning.ROOT + artifact.classifier + "/"
    with jar(artifact) as opened:
        places = pruning.kept(opened.namelist(), artifact.classifier)
        more = [n for n in opened.namelist() if pruning.is_installers(n[len(prefix) :])]
        places.update({name[len(prefix) :]: name for name in more})
        try:
            directory.parent.mkdir(parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(dir=directory.parent, prefix="."))
            try:
                for place, name in places.items():
                    target = partial / place
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(opened.read(name))
                (partial / pruning.PROGRAM).chmod(0o755)
                _check(partial / pruning.PROGRAM)
                os.rename(partial, directory)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
        except OSError as error:
            # Another process may have been faster.
            if not directory.exists():
                reason = error.strerror or error
                raise ToolError(
                    Rule.CACHE_UNWRITABLE, artifacts.cache(), reason
                ) from error


def _check(python):
    """Start it once, to check that this machine has what it needs."""
    try:
        done = running.run([python, "-I", "-c", "import ctypes, ssl"])
    except OSError as error:
        raise ToolError(Python3Rule.PYTHON_FAILED, python, error.strerror) from error
    if done.returncode != 0:
        raise ToolError(
            Python3Rule.PYTHON_FAILED, python, running.last_lines(done.stderr)
        )
    if not list(python.parents[1].glob("lib/python3.*/site-packages/pip")):
        running.run([python, "-I", "-m", "ensurepip", "--default-pip"])
