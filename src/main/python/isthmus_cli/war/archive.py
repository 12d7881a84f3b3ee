"""Writes a web application, as an archive or a directory: completely, or not at all.

The octets depend only on names, contents, the time and zlib: entries are sorted, and
all have the same time.
"""

import os
import struct
import tempfile
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

from isthmus_cli.rules import Rule, ToolError

DESCRIPTOR = Path("WEB-INF", "web.xml")

_TIME = 1767225600  # 2026-01-01, as the jars of Isthmus have it
# 1980-01-01 and 2107-12-31, where the time of zip files begins and ends.
_EARLIEST, _LATEST = 315532800, 4354732800
_REGULAR_FILE = 0o100644 << 16
_FIRST = "META-INF/"
# Already compressed: deflating Jython's jars again saved 8 % and took most of the time.
# Isthmus's is not, for Tomcat to inflate nothing (docs/start-up.md).
_STORED = (".jar", ".zip")


def write(entries, target, when=None):
    """Write an archive.

    :param entries: {name: octets, or the path of a file}.
    :param target: its path; an existing file is replaced.
    :param when: the time of its entries, in seconds since 1970; by default 2026-01-01
        in the time zone of whoever reads it.
    """
    if target.is_dir():
        raise ToolError(Rule.OUTPUT_UNWRITABLE, target, "it is a directory")
    moment = min(max(_TIME if when is None else when, _EARLIEST), _LATEST)
    date = time.gmtime(moment)[:6]
    more = b"" if when is None else _in_utc(moment)
    with _replacing(target) as partial, zipfile.ZipFile(partial, "w") as archive:
        for name in _in_order(entries):
            entry = zipfile.ZipInfo(name, date)
            # Otherwise it would depend on the machine.
            entry.create_system = 3
            entry.external_attr = _REGULAR_FILE
            entry.extra = more
            method = zipfile.ZIP_STORED
            if not name.endswith(_STORED):
                method = zipfile.ZIP_DEFLATED
            archive.writestr(entry, octets(entries[name]), method)


def _in_utc(when):
    """The field that states a time regardless of time zones, which Java reads.

    "Extended timestamp" in https://libzip.org/specifications/extrafld.txt
    """
    return struct.pack("<HHBi", 0x5455, 5, 1, when) if when < 2**31 else b""


def write_directory(entries, target, when=_TIME):
    """Write a directory; an existing one is replaced if it is a web application.

    :param when: the time of its files.
    """
    if target.exists() and not (target / DESCRIPTOR).is_file():
        why = "it is there and is no web application"
        raise ToolError(Rule.OUTPUT_UNWRITABLE, target, why)
    with _replacing(target) as partial:
        for name in _in_order(entries):
            file = partial / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(octets(entries[name]))
            os.utime(file, (when, when))


def octets(content):
    """The content of an entry."""
    if isinstance(content, bytes):
        return content
    try:
        return Path(content).read_bytes()
    except OSError as error:
        raise ToolError(Rule.FILE_UNREADABLE, content, error.strerror) from error


def check_names(entries):
    """Refuse names that archives, or some systems, do not support."""
    for name in entries:
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            raise ToolError(
                Rule.FILE_UNREADABLE, name, "its name is no UTF-8"
            ) from None
        if "\\" in name or any(ord(character) < 32 for character in name):
            why = "its name has a backslash or a control character"
            raise ToolError(Rule.FILE_UNREADABLE, name, why)


def _in_order(entries):
    # The manifest first, where `java -jar` and others look for it.
    return sorted(entries, key=lambda name: (not name.startswith(_FIRST), name))


@contextmanager
def _replacing(target):
    """Yield a path next to the target, which is renamed to the target at the end."""
    if not target.parent.is_dir():
        why = "there is no directory '%s'" % target.parent
        raise ToolError(Rule.OUTPUT_UNWRITABLE, target, why)
    try:
        with tempfile.TemporaryDirectory(
            prefix=".isthmus-", dir=target.parent
        ) as place:
            partial = Path(place, target.name)
            yield partial
            _replace(target, partial, Path(place, "replaced"))
    except OSError as error:
        why = error.strerror or error
        raise ToolError(Rule.OUTPUT_UNWRITABLE, target, why) from error


def _replace(target, partial, replaced):
    if not target.is_dir():
        os.replace(partial, target)
        return
    # A directory cannot replace another one in a single step.
    os.rename(target, replaced)
    try:
        os.rename(partial, target)
    except OSError:
        os.rename(replaced, target)
        raise


def size(content):
    """The size of an entry in octets."""
    return len(content) if isinstance(content, bytes) else os.path.getsize(content)
