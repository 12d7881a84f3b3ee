"""One Jython that compiles for all tests of a process, where the tool starts one each.

A start of Jython takes two seconds of CPU, and most tests compile a line or two. The
tool's own starts are in the tests that run it as a process: test_deployed, test_serve.
"""

import os
import subprocess

from paths import TARGET

_MODULE = ["org.python.util.jython", "-m", "isthmus.jython.compiling"]
# As that module does it for one directory.
_LOOP = """
import sys
from isthmus.jython import compiling
for line in iter(sys.stdin.readline, ""):
    compiling.main(line[:-1])
    sys.stdout.write("compiled\\n")
    sys.stdout.flush()
"""


class Compiler:
    """What `isthmus_cli.war.compiling` has for the module subprocess.

    :param java: the program that may stay; another one is started each time.
    """

    DEVNULL = subprocess.DEVNULL

    def __init__(self, java):
        self._java = str(java)
        self._process = self._start = None

    def run(self, command, **options):
        """Do what `subprocess.run` does with the command line of a compilation."""
        *start, place = command
        if self._is_usual(start) and place.isascii() and self._compile(start, place):
            return subprocess.CompletedProcess(command, 0, "", "")
        # It also says why, if the process that stays has ended.
        return subprocess.run(command, **options)

    def _is_usual(self, start):
        """Whether these are the Java and the jars of the build, and no test's own."""
        jars = start[start.index("-cp") + 1].split(os.pathsep)
        ours = all(jar.startswith(str(TARGET)) for jar in jars)
        return start[0] == self._java and start[-len(_MODULE) :] == _MODULE and ours

    def _compile(self, start, place):
        if self._process is None:
            self._start = start
            self._process = subprocess.Popen(
                [*start[:-2], "-c", _LOOP],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        if self._start != start:
            return False
        try:
            self._process.stdin.write(place + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return False
        return self._process.stdout.readline() == "compiled\n"

    def close(self):
        if self._process is not None:
            self._process.communicate()
