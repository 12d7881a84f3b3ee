"""The tool as a process of its own, with the jars of this build."""

import os
import pathlib
import sys

from paths import TARGET

SOURCES = pathlib.Path(__file__).parents[2] / "src" / "main" / "python"
BUILT = "import pathlib, sys; from isthmus_cli import bundled, main; "
BUILT += "bundled.DIRECTORY = pathlib.Path(sys.argv.pop(1)); main.main()"


def command(*words):
    """The command line of `isthmus` with these words."""
    return [sys.executable, "-c", BUILT, str(TARGET), *map(str, words)]


def environment(temporary, **more):
    """That of the tests, but for what a developer may have set for himself.

    :param temporary: the directory for temporary files: what is left would show there.
    """
    own = {n: v for n, v in os.environ.items() if n not in ("PORT", "NO_COLOR")}
    return {**own, "TMPDIR": str(temporary), "PYTHONPATH": str(SOURCES), **more}
