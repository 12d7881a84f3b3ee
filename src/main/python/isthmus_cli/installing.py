"""Installs what a lock names into a directory that becomes WEB-INF/lib-python."""

import contextlib
import os
import pathlib
import shutil
import tempfile

from isthmus_cli import archives, locking
from isthmus_cli.requirements import Requirements
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.web import Downloads

# In a directory: what `replace` has installed there, one path a line.
_INSTALLED = ".isthmus-installed"


def install(lock, directory, cache, requirements=None):
    """Install the packages of a Lock: Python and data, no scripts, no modules in C.

    Cached files are not fetched again, so that a second run needs no network. The
    directory appears complete or not at all.

    :param lock: a lockfile.Lock.
    :param directory: to be created; it must not exist, or be empty.
    :param cache: the directory for fetched files.
    :param requirements: the Requirements, for the indexes that they name, or None.
    :returns: the distributions.Distribution of each package, by name and version.
    :raises ToolError: a file cannot be fetched, or differs from the locked one.
    """
    directory = pathlib.Path(directory)
    if directory.is_dir() and any(directory.iterdir()):
        raise ToolError(Rule.OUTPUT_UNWRITABLE, directory, "it is not empty")
    paths = fetch(lock, cache, requirements)
    with _part(directory) as part:
        found = {
            (package.name, package.version): _unpack(paths[package.name], part)
            for package in lock.packages
        }
        os.chmod(part, 0o755)
        if directory.is_dir():
            directory.rmdir()
        os.rename(part, directory)
        return found


def replace(directory, install):
    """Install into a directory, in place of what an earlier run has installed there.

    :param install: is called with a new directory; if it fails, nothing changes.
    :raises ToolError: the directory has a file that no earlier run has installed.
    """
    # Not resolved: a link stays one.
    directory = pathlib.Path(os.path.abspath(directory))
    for path in _others(directory):
        message = "it has %s, which `isthmus lock --install` has not installed there"
        raise ToolError(Rule.OUTPUT_UNWRITABLE, directory, message % path)
    with _part(directory) as part:
        new = pathlib.Path(part, directory.name)
        install(new)
        installed = "".join("%s\n" % name for name in _files(new))
        (new / _INSTALLED).write_text(installed, "utf-8", "replace")
        if directory.exists():
            shutil.rmtree(directory)
        new.rename(directory)


@contextlib.contextmanager
def _part(directory):
    """A new directory beside another, to fill before it takes its place."""
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        part = tempfile.mkdtemp(dir=directory.parent, prefix=".%s-" % directory.name)
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        # Some have no strerror: shutil.rmtree refuses a symbolic link in words.
        why = error.strerror or error
        raise ToolError(Rule.OUTPUT_UNWRITABLE, directory, why) from error


def _others(directory):
    """Yield the files that are neither installed by `replace` nor bytecode."""
    known = {_INSTALLED}
    with contextlib.suppress(FileNotFoundError):
        known.update((directory / _INSTALLED).read_text("utf-8", "replace").split("\n"))
    for name in _files(directory):
        if name not in known and not name.endswith((".pyc", "$py.class")):
            yield name


def _files(directory):
    """The paths of the files below a directory, with slashes, sorted."""
    found = [p for p in directory.rglob("*") if p.is_symlink() or not p.is_dir()]
    return sorted(path.relative_to(directory).as_posix() for path in found)


def fetch(lock, cache, requirements=None):
    """Return the paths of a Lock's files by the packages' names.

    :raises ToolError: no index has this name and sha256, or one cannot be reached.
    """
    kept = Downloads(cache, None)
    found = {p.name: kept.kept(p.filename, p.sha256) for p in lock.packages}
    missing = [package for package in lock.packages if not found[package.name]]
    if missing:
        asked = requirements or Requirements()
        with locking.downloading(asked, cache) as (index, downloads):
            for package in missing:
                found[package.name] = _fetch(package, index, downloads)
    return found


def _fetch(package, index, downloads):
    named = [f for f in index.files(package.name) if f.filename == package.filename]
    if not named:
        raise ToolError(Rule.LOCKED_FILE_ABSENT, package.filename, index.places())
    path, digest = downloads.fetch(named[0])
    if digest != package.sha256:
        raise ToolError(Rule.HASH_DIFFERS, package.filename, package.sha256, digest)
    return path


def _unpack(path, directory):
    found = archives.read(path)
    for place, octets in found.files.items():
        target = os.path.join(directory, *place.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(octets)
    return found
