"""Python on a class path, of programs that embed their container.

Its directories python and lib-python are what app and lib-python are in a WAR: on both
engines, as directories and in one jar.
"""

import zipfile

import pytest

import programs
import shaded
import workers

APP = r"""
import json
import os
import sys

import colorsys
import in_egg
import shop_library

with open(os.path.join(os.path.dirname(__file__), "page.html")) as page:
    PAGE = page.read()


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    found = [PAGE, shop_library.VERSION, in_egg.VERSION, colorsys.VERSION]
    return [json.dumps([found, sys.path]).encode("ascii")]


def create():
    return application


def stopping(event):
    pass
"""
VERSION = "VERSION = %r\n"
FILES = {
    "python/greeting.py": APP,
    "python/page.html": "a page",
    "lib-python/shop_library.py": VERSION % "of the program",
    # Python has one, too.
    "lib-python/colorsys.py": VERSION % "of the program",
}


class Directories(programs.Program):
    """With the directories on its class path."""

    files = FILES

    def _resources(self):
        resources = programs.BUILT / self.name / "resources"
        for name, text in self.files.items():
            file = resources / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        egg = resources / "lib-python" / "x.egg"
        with zipfile.ZipFile(egg, "w") as archive:
            archive.writestr("in_egg.py", VERSION % "of an egg")
        return resources


class OneJar(Directories, shaded.Shaded):
    """With the directories in the jar that has everything."""


class Foreign(Directories):
    """With a library of another Python's."""

    files = {**FILES, "lib-python/_fast.cpython-27-x86_64-linux-gnu.so": ""}


def _options(engine, *further):
    return ["-Disthmus.engine=" + engine, "-Disthmus.workers=1", *further]


@pytest.fixture
def environment(tmp_path):
    """A Python whose site-packages have the same library; its options."""
    python, packages = workers.venv(tmp_path / "venv")
    (packages / "shop_library.py").write_text(VERSION % "of the machine")
    return python, packages


@pytest.mark.parametrize("kind", [Directories, OneJar])
@pytest.mark.parametrize("name", ["tomcat11", "jetty-ee10"])
def test_libraries_of_the_program_precede_those_of_the_machine(kind, name, environment):
    engine = "cpython" if (kind is OneJar) == (name == "jetty-ee10") else "jython"
    python, packages = environment
    temporary = "-Djava.io.tmpdir=%s" % packages.parent
    options = _options(engine, "-Disthmus.python.executable=%s" % python, temporary)
    started = kind(name, options)
    try:
        assert started.port, started.text()
        response = started.get("/")
        assert response.status == 200, started.text()
        found, path = response.json()
        assert found == ["a page", "of the program", "of an egg", "of the program"]
        assert [entry.rpartition("/")[2] for entry in path[:3]] == [
            "python",
            "lib-python",
            "x.egg",
        ]
        assert (str(packages) in path) == (engine == "cpython")
    finally:
        assert started.stop() == 0, started.text()
    # What was copied out of the jar is gone.
    assert list(packages.parent.rglob("isthmus-class-path-*")) == []


def test_library_for_another_python_is_refused(environment):
    python, _ = environment
    options = _options("cpython", "-Disthmus.python.executable=%s" % python)
    started = Foreign("jetty-ee10", options)
    assert started.port is None
    assert started.stop() == 1
    assert "IS0180" in started.text()
    assert "_fast.cpython-27-x86_64-linux-gnu.so" in started.text()
