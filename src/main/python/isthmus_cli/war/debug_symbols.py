"""Takes debug symbols from shared libraries, by the `strip` of LLVM or of binutils."""

import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.war import archive

# LLVM's first: it knows each platform.
PROGRAMS = ("llvm-strip", "strip")

_ELF = b"\x7fELF"
# The names of the sections, which are as plain text in the file.
_DEBUG = (b".debug_info", b".zdebug_info")
_LIMIT = 60
# Where the ELF header has the offset of the program header table, and the size and the
# number of its entries; the formats of that offset and of an entry. By the class of the
# file, 32 or 64 bits: "System V Application Binary Interface", chapters 4 and 5.
_LAYOUTS = {1: (28, 42, "I", "8I"), 2: (32, 54, "Q", "2I6Q")}
_LEAST_FIRST = 1
_PT_LOAD = 1


def without(files):
    """{name: path, or octets} with the debug symbols of ELF files removed.

    The octets depend on the program and its version alone. Files without such symbols
    stay as they are.

    :param files: {name: path}.
    :returns: the files, and the message of what remains, or None.
    """
    named = {name: path for name, path in files.items() if _has_symbols(path)}
    if not named:
        return files, None
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        why = "neither %s nor %s is on PATH" % PROGRAMS
        return files, _remaining(sorted(named), why)
    found, failed = {}, {}
    for name, path in sorted(named.items()):
        octets, why = _stripped(program, path)
        (failed if why else found)[name] = why or octets
    left = None
    if failed:
        left = _remaining(list(failed), next(iter(failed.values())))
    return {**files, **found}, left


def _has_symbols(path):
    if ".so" not in Path(path).name:
        return False
    octets = archive.octets(path)
    return octets.startswith(_ELF) and any(name in octets for name in _DEBUG)


def _stripped(program, path):
    """The octets of a library without its debug symbols; or None, and why not."""
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        made = Path(place, "stripped.so")
        # The one spelling that binutils, LLVM and macOS have in common.
        words = [program, "-S", "-o", str(made), os.path.abspath(path)]
        try:
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, capture_output=True, timeout=_LIMIT
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return None, "%s failed: %s" % (program, error)
        if done.returncode != 0 or not made.exists():
            output = done.stderr.decode(errors="replace").strip() or "nothing"
            return None, "%s reported: %s" % (program, output)
        octets = made.read_bytes()
    if not _is_loadable(octets, archive.octets(path)):
        return None, "%s would damage it: its segments would move" % program
    return octets, None


def _is_loadable(octets, before):
    """Whether a library can be loaded as before it was stripped.

    Both programs move the segments of some libraries that auditwheel has repaired, such
    as those in numpy.libs, and glibc then refuses to load them.
    """
    try:
        segments, those = _segments(octets), _segments(before)
    except (IndexError, KeyError, struct.error):
        return False
    if [kept for *_, kept in segments] != [kept for *_, kept in those]:
        return False
    return all(
        align < 2 or offset % align == address % align
        for offset, address, align, _ in segments
    )


def _segments(octets):
    """The loaded ones: (offset, address, alignment, what may not change)."""
    start, sizes, word, entry = _LAYOUTS[octets[4]]
    order = "<" if octets[5] == _LEAST_FIRST else ">"
    (table,) = struct.unpack_from(order + word, octets, start)
    size, number = struct.unpack_from(order + "2H", octets, sizes)
    found = []
    for index in range(number):
        fields = struct.unpack_from(order + entry, octets, table + index * size)
        if octets[4] == 2:
            kind, _, offset, address, _, in_file, in_memory, align = fields
        else:
            kind, offset, address, _, in_file, in_memory, _, align = fields
        if kind == _PT_LOAD:
            kept = address, in_file, in_memory
            found.append((offset, address, align, kept))
    return found


def _remaining(names, why):
    return Python3Rule.SYMBOLS_REMAIN.message(len(names), names[0], why)
