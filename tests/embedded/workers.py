"""A Tomcat whose applications run on CPython, in a process of its own."""

import subprocess
import sys
import time

import client
import programs
from process_tree import children

LIMIT = 60.0


class Workers(programs.Program):
    """The program, with a web application made of sources and settings.

    :param sources: the files of WEB-INF/app, by name; ../ leads to WEB-INF.
    :param servlets: init-params of others beside the one at /app, by name.
    :param settings: context-params.
    """

    kinds = {"workers": programs.KINDS["tomcat11"]._replace(main="WorkersProgram")}
    common = ("Program",)

    def __init__(self, directory, sources, servlets=None, **settings):
        for name, text in sources.items():
            file = directory / "WEB-INF" / "app" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        self.settings = {
            "isthmus.python.executable": sys.executable,
            "isthmus.workers": "1",
        }
        for name, value in settings.items():
            self.settings["isthmus." + name.replace("__", ".")] = value
        for servlet, params in (servlets or {}).items():
            for name, value in params.items():
                self.settings["%s:%s" % (servlet, name)] = value
        self._root = directory
        self.temporary = directory.with_name(directory.name + "-tmp")
        self.temporary.mkdir()
        options = ["-Djava.io.tmpdir=%s" % self.temporary]
        super().__init__("workers", options, classes=False)

    def _what(self, classes):
        command = super()._what(classes)
        settings = ["%s=%s" % each for each in self.settings.items()]
        return [*command, str(self._root), *settings]

    @property
    def pid(self):
        return self._process.pid

    def kill(self):
        """End the JVM as an operator's kill -9 does."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def get(self, path, method="GET", servlet="app", **options):
        address = ("127.0.0.1", self.port)
        return client.fetch(address, method, "/c/%s%s" % (servlet, path), **options)

    def status(self):
        """What the status page shows."""
        address = ("127.0.0.1", self.port)
        return client.fetch(address, "GET", "/c/isthmus/status.json").json()

    def states(self):
        """What each worker is doing."""
        group = self.status()["apps"][0]["workers"]
        return [worker["state"] for worker in group["list"]]

    def processes(self):
        """The worker processes: the JVM's children that are alive or zombies."""
        return list(children(self.pid))


def state(pid):
    """The state of a process as /proc has it; None if there is none."""
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(")")[2].split()[0]
    except OSError:
        return None


def venv(directory):
    """Make a virtual environment; its bin/python, and its site-packages."""
    command = [sys.executable, "-m", "venv", "--without-pip", str(directory)]
    subprocess.run(command, check=True)
    (packages,) = directory.glob("lib/python3*/site-packages")
    return directory / "bin" / "python", packages


def until(condition):
    """Wait until something is true, and return what it is."""
    end = time.monotonic() + LIMIT
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, "it has not come"
        time.sleep(0.02)
