"""Takes debug symbols from shared libraries, by the `strip` of LLVM or of binutils."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from isthmus_cli.rules import Rule
from isthmus_cli.war import archive

# LLVM's first: it knows each platform, and moves no segments, which binutils' does to
# libraries that auditwheel has repaired.
PROGRAMS = ("llvm-strip", "strip")

_ELF = b"\x7fELF"
# The names of the sections, which are as plain text in the file.
_DEBUG = (b".debug_info", b".zdebug_info")
_LIMIT = 60


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
            said = done.stderr.decode(errors="replace").strip() or "nothing"
            return None, "%s said: %s" % (program, said)
        return made.read_bytes(), None


def _remaining(names, why):
    return Rule.SYMBOLS_REMAIN.message(len(names), names[0], why)
