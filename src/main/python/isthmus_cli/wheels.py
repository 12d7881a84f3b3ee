"""Reads a wheel (PyPA, "Binary distribution format")."""

import csv

from isthmus_cli import distributions
from isthmus_cli.rules import Rule, ToolError

# Like `pip install --target`: data next to the packages. No scripts, no headers.
_SCHEMES = ("purelib", "platlib", "data")


def read(path, members):
    """Return the Distribution of a wheel.

    :param members: octets by name, of the whole archive.
    :raises ToolError: a file differs from RECORD, or there is no metadata.
    """
    info = _info(path, members)
    _verify(path, members, info)
    files, compiled = {}, set()
    for name, octets in members.items():
        place = _place(name, info[: -len(".dist-info")] + ".data/")
        if place is None or place.startswith(info + "/RECORD"):
            continue
        if distributions.is_compiled(place):
            compiled.add(distributions.module(place))
        else:
            files[place] = octets
    metadata = distributions.headers(path, files.get(info + "/METADATA", b""))
    files = distributions.installed(files, info)
    requires = metadata.get_all("Requires-Dist", [])
    return distributions.Distribution(metadata, requires, files, compiled)


def _info(path, members):
    tops = {name.split("/")[0] for name in members if "/" in name}
    found = [top for top in tops if top.endswith(".dist-info")]
    if len(found) != 1:
        raise ToolError(Rule.ARCHIVE_DAMAGED, path, "it has %d .dist-info" % len(found))
    return found[0]


def _place(name, data):
    """Return the destination of a wheel's file, or None ("The .data directory")."""
    if not name.startswith(data):
        return name
    scheme, _, rest = name[len(data) :].partition("/")
    return rest if scheme in _SCHEMES else None


def _verify(path, members, info):
    """Compare each file with RECORD, which may lack digests, but no files."""
    lines = members.get(info + "/RECORD", b"").decode("utf-8", "replace").splitlines()
    rows = {row[0]: row[1:] for row in csv.reader(lines) if row}
    for name, octets in members.items():
        if name.startswith(info + "/RECORD"):
            continue
        if name not in rows:
            raise ToolError(Rule.ARCHIVE_DAMAGED, path, "RECORD lacks %s" % name)
        kind, _, given = (rows[name] or [""])[0].partition("=")
        if kind == "sha256" and given.rstrip("=") != distributions.digest(octets):
            why = "%s is not as RECORD says" % name
            raise ToolError(Rule.ARCHIVE_DAMAGED, path, why)
