"""A start of Jython without Isthmus around it."""

import subprocess

import archives
from containers import jdks


def run(program, *arguments, jars="jython", cwd=None):
    """Run a program, a path, and return what it prints.

    :param jars: the directory below target/ that has Jython.
    :raises subprocess.CalledProcessError: if it fails.
    """
    java = jdks.discover()[0].tool("java")
    command = [java, "-XX:TieredStopAtLevel=1"]
    command += ["-cp", archives.ROOT / "target" / jars / "*"]
    command += ["-Dpython.cachedir.skip=true", "-Dpython.console.encoding=UTF-8"]
    command += ["org.python.util.jython", program, *arguments]
    done = subprocess.run(
        [str(word) for word in command],
        check=True,
        cwd=cwd,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return done.stdout
