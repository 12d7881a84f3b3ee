"""The lock: a text file that both pip and a reader understand, one entry per package.

::

    click==7.1.2 \\
        --hash=sha256:dacca89f...
        # file click-7.1.2-py2.py3-none-any.whl (wheel)
        # needed by flask
"""

import contextlib
import dataclasses
import os
import pathlib
import re

from isthmus_cli.rules import Rule, ToolError

_FORMAT = "1"
_TITLE = (
    "# What goes into WEB-INF/lib-python. `isthmus lock` made this; do not edit it."
)
_HEAD = re.compile(r"# format (\S+), requirements sha256:([0-9a-f]{64})")
_PACKAGE = re.compile(r"([A-Za-z0-9._-]+)==(\S+) \\")
_HASH = re.compile(r"    --hash=sha256:([0-9a-f]{64})")
_FILE = re.compile(r"    # file ([^/\\]+) \(([^)]+)\)")
_NEEDED = re.compile(r"    # needed by (.+)")


@dataclasses.dataclass(frozen=True)
class Locked:
    """One package.

    :ivar name: normalized.
    :ivar filename: of the wheel or sdist, which has this sha256.
    :ivar kind: one of releases.KINDS.
    :ivar needed_by: names of packages, or "the requirements".
    :ivar remark: what to check yourself, or None.
    """

    name: str
    version: str
    filename: str
    kind: str
    sha256: str
    needed_by: tuple = ()
    remark: str = None


@dataclasses.dataclass(frozen=True)
class Lock:
    """The result of resolving a set of requirements.

    :ivar requirements_digest: of the Requirements that it was made from.
    :ivar packages: Locked, by name.
    """

    requirements_digest: str
    packages: tuple

    def pins(self):
        """Return the versions by name."""
        return {package.name: package.version for package in self.packages}


def text(lock):
    """Return the text of a Lock."""
    head = "# format %s, requirements sha256:%s" % (_FORMAT, lock.requirements_digest)
    lines = [_TITLE, head]
    for package in lock.packages:
        lines += [
            "",
            "%s==%s \\" % (package.name, package.version),
            "    --hash=sha256:%s" % package.sha256,
            "    # file %s (%s)" % (package.filename, package.kind),
            "    # needed by %s" % ", ".join(package.needed_by),
        ]
        if package.remark:
            lines.append("    # note: %s" % package.remark)
    return "\n".join(lines) + "\n"


def read(path):
    """Read a Lock from a file.

    :raises ToolError: there is none, or it is malformed.
    """
    path = pathlib.Path(path)
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise ToolError(Rule.LOCK_ABSENT, path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ToolError(Rule.LOCK_MALFORMED, path, error) from error
    head = next((m for m in map(_HEAD.fullmatch, lines[:10]) if m), None)
    if head is None or head.group(1) != _FORMAT:
        raise ToolError(Rule.LOCK_MALFORMED, path, "it is not of format %s" % _FORMAT)
    return Lock(head.group(2), tuple(_packages(path, lines)))


def write(path, lock):
    """Write a Lock into a file, completely or not at all.

    :raises ToolError: it cannot be written.
    """
    path = pathlib.Path(path)
    # A name for this process alone: two of them may lock at once.
    part = path.with_name("%s.%d.part" % (path.name, os.getpid()))
    try:
        part.write_bytes(text(lock).encode("utf-8"))
        os.replace(part, path)
    except OSError as error:
        raise ToolError(Rule.OUTPUT_UNWRITABLE, path, error.strerror) from error
    finally:
        # If it could not be created, it may not exist, and the directory may not even
        # be one.
        with contextlib.suppress(OSError):
            part.unlink()


def _packages(path, lines):
    entry = None
    for number, line in enumerate(lines, 1):
        package = _PACKAGE.fullmatch(line)
        if package:
            if entry:
                yield _locked(path, entry)
            entry = {"name": package.group(1), "version": package.group(2)}
        elif line.strip() and not line.startswith("#"):
            if entry is None or not _take(line, entry):
                raise ToolError(
                    Rule.LOCK_MALFORMED, path, "line %d: %s" % (number, line)
                )
    if entry:
        yield _locked(path, entry)


def _take(line, entry):
    digest, file, needed = (p.fullmatch(line) for p in (_HASH, _FILE, _NEEDED))
    if digest:
        entry["sha256"] = digest.group(1)
    elif file:
        entry["filename"], entry["kind"] = file.groups()
    elif needed:
        entry["needed_by"] = tuple(needed.group(1).split(", "))
    return digest or file or needed or line.startswith("    # note: ")


def _locked(path, entry):
    try:
        return Locked(**entry)
    except TypeError as error:
        why = "%s has no hash, or no file" % entry["name"]
        raise ToolError(Rule.LOCK_MALFORMED, path, why) from error
