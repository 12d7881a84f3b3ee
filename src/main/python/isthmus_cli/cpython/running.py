"""Runs a CPython other than the tool's own."""

import os
import subprocess

_LAST_LINES = 5
# What would lead it to the tool's own modules, or change what it compiles.
_PREFIXES = ("PYTHON", "LD_", "DYLD_", "__PYVENV")


def environment(**more):
    """This process's, without what leads one Python to the files of another."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(_PREFIXES)}
    # The order within sets of constants is part of bytecode.
    return {**own, "PYTHONHASHSEED": "0", **more}


def run(words, **options):
    """Run a command line to its end; return the subprocess.CompletedProcess.

    :param options: those of subprocess.run that differ from the ones here.
    """
    usual = {
        "env": environment(),
        "stdin": subprocess.DEVNULL,
        "capture_output": True,
        "text": True,
        "errors": "replace",
    }
    return subprocess.run([str(word) for word in words], **{**usual, **options})


def last_lines(text):
    """The end of an output, in one line."""
    return " / ".join(text.strip().splitlines()[-_LAST_LINES:])
