"""The tool as a process of its own, with the jars of this build; or one that serves."""

import os
import pathlib
import re
import subprocess
import sys
import time

import client
import launched
from paths import TARGET

LIMIT = 90.0
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


class Serving:
    """One process, from its start to its end.

    :param words: the options of `isthmus serve`.
    :param program: the command line of another program that comes to the same.
    :param variables: more of its environment.
    """

    def __init__(self, directory, *words, program=None, **variables):
        self.directory = directory
        self.console = directory.parent / (directory.name + ".console")
        # What it leaves would show here.
        self.temporary = directory.parent / (directory.name + ".temporary")
        self.temporary.mkdir()
        with open(self.console, "wb") as console:
            self.process = subprocess.Popen(
                program or command("serve", *words),
                cwd=directory,
                env=environment(self.temporary, **variables),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                preexec_fn=launched.interruptible,
            )
        self.address = None

    def __enter__(self):
        try:
            address = r"Serving at http://127\.0\.0\.1:(\d+)/"
            found = self.says(address)
            self.address = ("127.0.0.1", int(found.group(1)))
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *exc_info):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LIMIT)

    def text(self):
        return self.console.read_text(errors="replace")

    def output(self):
        """Without the lines of requests, of which there are thousands."""
        return re.sub(r"(?m)^[\d:]+ GET / .*\n", "", self.text())

    def says(self, pattern):
        return until(lambda: re.search(pattern, self.text()), self.output)

    def get(self, path="/", headers=()):
        return client.fetch(self.address, "GET", path, headers)

    def when(self, body):
        """Wait until the application answers this."""
        until(lambda: self.get().body == body, self.output)

    def write(self, name, text):
        """Save a file as an editor does."""
        file = self.directory / name
        partial = file.with_name("." + file.name)
        partial.write_text(text)
        os.replace(partial, file)


def until(condition, output):
    end = time.monotonic() + LIMIT
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, output()
        time.sleep(0.05)
