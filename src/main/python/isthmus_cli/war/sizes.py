"""The size of a web application by what is in it: CPython, each library, the rest."""

import zipfile
from collections import Counter
from importlib.metadata import distributions
from importlib.util import source_from_cache
from pathlib import Path, PurePosixPath

from rich.filesize import decimal

from isthmus_cli.names import counted
from isthmus_cli.war.building import APP, CPYTHON, JAVA, JYTHON, LIBRARIES
from isthmus_cli.war.launcher import DIRECTORY as LAUNCHER

# A part below a hundredth of the whole is among the others.
_SMALL = 100
# Up to this number of parts fit into one line.
_SHORT = 2
# Of an entry in the central directory, without what follows (APPNOTE.TXT, 4.3.12).
_DIRECTORY_ENTRY = 46
# The archive's own octets, among what is Isthmus's.
_REST = "META-INF/"
_JYTHON_BYTECODE = "$py.class"


def written(target):
    """{name: octets in use} of a web application, as an archive or a directory.

    The sum is the archive's size: ZIP has two headers for each entry.
    """
    if target.is_dir():
        files = [path for path in target.rglob("*") if path.is_file()]
        return {p.relative_to(target).as_posix(): p.stat().st_size for p in files}
    with zipfile.ZipFile(target) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
        starts = [entry.header_offset for entry in entries]
        ends = [*starts[1:], archive.start_dir]
        found = {e.filename: end - e.header_offset for e, end in zip(entries, ends)}
        for entry in entries:
            parts = entry.filename.encode(), entry.extra, entry.comment
            found[entry.filename] += _DIRECTORY_ENTRY + sum(map(len, parts))
    rest = target.stat().st_size - sum(found.values())
    return {**found, _REST: rest}


def described(sizes, plan):
    """The sizes as text: one line, or a table with the largest part first.

    :param sizes: what `written` has returned.
    :param plan: a building.Plan.
    """
    platforms = plan.cpython.platforms if plan.cpython else ()
    owners = _Owners(plan.libraries.directory, platforms)
    parts = Counter()
    for name, size in sizes.items():
        parts[_part(name, plan, owners)] += size
    total = sum(sizes.values())
    large = [row for row in parts.most_common() if row[1] * _SMALL >= total]
    rows = [*large, *_rest(len(parts) - len(large), total - sum(n for _, n in large))]
    if len(large) <= _SHORT:
        inner = ", ".join("%s %s" % (name, decimal(size)) for name, size in rows)
        return "Size: %s (%s)" % (decimal(total), inner)
    width = max(len(name) for name, _ in rows)
    lines = ["\n  %s %9s" % (name.ljust(width), decimal(size)) for name, size in rows]
    return "Size: %s%s" % (decimal(total), "".join(lines))


def _rest(number, size):
    return [(counted(number, "other"), size)] if number else []


def _part(name, plan, owners):
    """What a file belongs to, as the output names it."""
    if name.startswith(LIBRARIES):
        return owners.of(name[len(LIBRARIES) :])
    if name.startswith(CPYTHON):
        several = len(plan.cpython.platforms) > 1
        which = " for %s" % Path(name).stem if several else ""
        return "CPython %s%s" % (plan.cpython.release.version, which)
    if name.startswith(JAVA):
        return name[len(JAVA) :]
    if not name.startswith(("WEB-INF/", "META-INF/")):
        return "files for browsers"
    parts = {JYTHON: "Jython", LAUNCHER: "Jetty", APP: "the application"}
    return next((part for at, part in parts.items() if name.startswith(at)), "Isthmus")


class _Owners:
    """Which installed library a file belongs to.

    A library's RECORD lists what was installed. What was added, such as bytecode,
    belongs to the library of its source, or of another file in its directory.

    :param directory: of the libraries, or None.
    :param platforms: those that may have a folder of their own in it.
    """

    def __init__(self, directory, platforms):
        self._libraries = {}
        if directory:
            self._add(directory, "", "")
            for platform in platforms:
                self._add(directory / platform, platform + "/", " for " + platform)

    def _add(self, directory, prefix, which):
        for found in distributions(path=[str(directory)]):
            shown = "%s %s%s" % (found.metadata["Name"], found.version, which)
            for file in found.files or ():
                for place in (file, *list(file.parents)[:-1]):
                    self._libraries.setdefault(prefix + place.as_posix(), shown)

    def of(self, name):
        """The library's name and version, or the first part of the file's path."""
        path = PurePosixPath(_source(name))
        places = (path, *list(path.parents)[:-1])
        known = (self._libraries.get(place.as_posix()) for place in places)
        return next(filter(None, known), path.parts[0])


def _source(name):
    """The name of a bytecode's source, and of any other file itself."""
    if name.endswith(_JYTHON_BYTECODE):
        return name[: -len(_JYTHON_BYTECODE)] + ".py"
    try:
        return source_from_cache(name)
    except ValueError:
        return name
