"""Reads a wheel or sdist without running any of it; no name in it may lead outside."""

import re
import tarfile
import zipfile

from isthmus_cli import sdists, wheels
from isthmus_cli.rules import Rule, ToolError

_LEADING_OUT = re.compile(r"(^|/)\.\.(/|$)|^/|^[A-Za-z]:|\\|\0")
# More than any library has; archives that claim more are not unpacked.
_MAX_BYTES = 1 << 29


def read(path):
    """Return the distributions.Distribution of a file.

    Links and devices are left out: no Python library needs them.

    :param path: a pathlib.Path with the file's own name.
    :raises ToolError: it is neither a wheel nor an sdist, damaged, too large, or a name
        in it leads outside.
    """
    form = wheels if path.name.endswith(".whl") else sdists
    return form.read(path, _members(path))


def _members(path):
    """Return the octets of all regular files in a zip or tar, by their names."""
    try:
        if zipfile.is_zipfile(path):
            return _read_zip(path)
        with tarfile.open(path) as archive:
            return _read_tar(path, archive)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError) as error:
        raise ToolError(Rule.ARCHIVE_DAMAGED, path, error) from error


def _read_zip(path):
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check(path, [(entry.filename, entry.file_size) for entry in entries])
        return {entry.filename: archive.read(entry) for entry in entries}


def _read_tar(path, archive):
    entries = [entry for entry in archive.getmembers() if entry.isreg()]
    _check(path, [(entry.name, entry.size) for entry in entries])
    return {_plain(entry.name): archive.extractfile(entry).read() for entry in entries}


def _plain(name):
    return name[2:] if name.startswith("./") else name


def _check(path, entries):
    for name, _ in entries:
        if _LEADING_OUT.search(name):
            why = "the name %r leads out of it" % name
            raise ToolError(Rule.ARCHIVE_DAMAGED, path, why)
    if sum(size for _, size in entries) > _MAX_BYTES:
        why = "it is larger than %d octets" % _MAX_BYTES
        raise ToolError(Rule.ARCHIVE_DAMAGED, path, why)
