"""Finds the Java for the tool: JAVA_HOME, then the PATH."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from isthmus_cli.rules import Rule, ToolError

ISTHMUS = 11  # the target of Isthmus's classes
JETTY = 17  # the minimum of Jetty 12.1

_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


class Jdk(NamedTuple):
    """A Java installation: its program, and its major version."""

    java: Path
    major: int


def find(minimum=ISTHMUS):
    """Find the Java to use.

    :param minimum: the oldest acceptable major version.
    :raises ToolError: if there is none, or only an older one.
    """
    java, where = _java(minimum)
    major = _major(java, where, minimum)
    if major < minimum:
        raise ToolError(Rule.JDK_WRONG, minimum, where, "Java %d" % major)
    return Jdk(java, major)


def _java(minimum):
    """The program, and how it was found."""
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home, "bin", "java.exe" if os.name == "nt" else "java")
        if not java.is_file():
            where = "JAVA_HOME is '%s', where there is no bin/java" % home
            raise ToolError(Rule.JDK_ABSENT, where, minimum)
        return java, "JAVA_HOME='%s'" % home
    found = shutil.which("java")
    if not found:
        where = "JAVA_HOME is not set, and no `java` is on the PATH"
        raise ToolError(Rule.JDK_ABSENT, where, minimum)
    return Path(found), "'%s' of the PATH" % found


def _major(java, where, minimum):
    try:
        # Every Java knows -version; it writes to stderr.
        asked = [str(java), "-version"]
        done = subprocess.run(asked, capture_output=True, text=True, errors="replace")
        output = done.stderr
    except OSError as error:
        output = str(error)
    found = _VERSION.search(output)
    if not found:
        first = output.strip().splitlines()[:1] or ["silent"]
        raise ToolError(Rule.JDK_WRONG, minimum, where, "none: it says '%s'" % first[0])
    return int(found.group(1))
