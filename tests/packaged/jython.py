"""A start of Jython without Isthmus around it."""

import os
import subprocess

import archives
from containers import jdks


def run(program, *arguments, jars="jython", before=(), cwd=None, options=()):
    """Run a program, a path, and return what it prints.

    :param jars: the directory below target/ that has Jython.
    :param before: what comes first in the class path.
    :param options: of Java.
    :raises subprocess.CalledProcessError: if it fails.
    """
    java = jdks.discover()[0].tool("java")
    command = [java, "-XX:TieredStopAtLevel=1", *options]
    every = [*before, archives.ROOT / "target" / jars / "*"]
    command += ["-cp", os.pathsep.join(map(str, every))]
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
