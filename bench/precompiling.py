"""Python compiled to $py.class beside its sources, as docs/start-up.md says."""

from __future__ import annotations

import os
from pathlib import Path

from bench import artifacts


def compile_tree(*directories: Path) -> None:
    """Compile every source below, in place."""
    jars = [artifacts.isthmus_jar("javax"), *artifacts.jython_jars()]
    artifacts.run(
        artifacts.java_home() / "bin" / "java",
        "-Dpython.cachedir.skip=true", "-cp", os.pathsep.join(map(str, jars)),
        "org.python.util.jython", "-m", "isthmus.precompile",
        *(directory for directory in directories if directory.is_dir()),
    )  # fmt: skip
