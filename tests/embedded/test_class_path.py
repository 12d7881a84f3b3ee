"""Python on a class path, of programs that embed their container.

Its directories python and lib-python are what app and lib-python are in a WAR: on both
engines, as directories and in one jar.
"""

import shutil
import signal
import zipfile

import pytest

import programs
import shaded
import workers
from paths import TARGET

ANSWER = r"""
import json
import os
import sys

import colorsys
import in_egg
import shop_library


def answer(page):
    found = [page, shop_library.VERSION, in_egg.VERSION, colorsys.VERSION]
    return json.dumps([found, sys.path])
"""
PLAIN = r"""
import os

import greeting
from shop.answer import answer

HERE = os.path.dirname(__file__)
with open(os.path.join(HERE, "templates", "page.html")) as page:
    PAGE = page.read()


def application(environ, start_response):
    if environ["QUERY_STRING"]:
        return greeting.application(environ, start_response)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [answer(PAGE).encode("ascii")]
"""
FLASK = r"""
import flask
from shop.answer import answer

application = flask.Flask(__name__)


@application.route("/")
def page():
    return answer(flask.render_template("page.html"))
"""
VERSION = "VERSION = %r\n"
FILES = {
    "python/shop/__init__.py": "",
    "python/shop/answer.py": ANSWER,
    "python/shop/web.py": PLAIN,
    "python/greeting.py": (programs.HERE / "greeting.py").read_text(),
    "python/shop/templates/page.html": "a page",
    "lib-python/shop_library.py": VERSION % "of the program",
    # Python has one, too.
    "lib-python/colorsys.py": VERSION % "of the program",
}
OF_FLASK = ("flask", "werkzeug", "jinja2", "markupsafe", "click", "blinker")
OF_FLASK += ("itsdangerous",)
KINDS = {
    name: programs.KINDS[name]._replace(main=main)
    for name, main in {"tomcat11": "ShopInTomcat", "jetty-ee10": "ShopInJetty"}.items()
}


class Directories(programs.Program):
    """With the directories on its class path."""

    kinds = KINDS
    common = ("Program",)
    files = FILES

    def _resources(self):
        resources = programs.BUILT / self.name / "resources"
        for name, text in self.files.items():
            file = resources / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        libraries = resources / "lib-python"
        with zipfile.ZipFile(libraries / "x.egg", "w") as archive:
            archive.writestr("in_egg.py", VERSION % "of an egg")
        if self.files["python/shop/web.py"] == FLASK:
            for name in OF_FLASK:
                shutil.copytree(TARGET / "libraries-cpython" / name, libraries / name)
                for info in (TARGET / "libraries-cpython").glob("%s-*" % name):
                    shutil.copytree(info, libraries / info.name)
        return resources


class OfFlask(Directories):
    files = {**FILES, "python/shop/web.py": FLASK}


class OneJar(Directories, shaded.Shaded):
    """With the directories in the jar that has everything."""


class OneJarOfFlask(OfFlask, shaded.Shaded):
    pass


class Foreign(Directories):
    """With a library of another Python's."""

    files = {**FILES, "lib-python/_fast.cpython-27-x86_64-linux-gnu.so": ""}


@pytest.fixture
def environment(tmp_path):
    """A Python whose site-packages have the same library: options, and where it is."""
    python, packages = workers.venv(tmp_path / "venv")
    (packages / "shop_library.py").write_text(VERSION % "of the machine")
    options = ["-Dport=0", "-Disthmus.workers=1"]
    options.append("-Disthmus.python.executable=%s" % python)
    options.append("-Djava.io.tmpdir=%s" % tmp_path)
    return options, packages


@pytest.mark.parametrize(
    ("kind", "name", "engine"),
    [
        (Directories, "tomcat11", "jython"),
        (OneJar, "jetty-ee10", "jython"),
        (OfFlask, "jetty-ee10", "cpython"),
        (OneJarOfFlask, "tomcat11", "cpython"),
    ],
)
def test_python_of_the_program_precedes_the_machines(kind, name, engine, environment):
    options, packages = environment
    started = kind(name, [*options, "-Disthmus.engine=" + engine])
    try:
        assert started.port, started.text()
        response = started.get("/")
        assert response.status == 200, started.text()
        found, path = response.json()
        assert found == ["a page", "of the program", "of an egg", "of the program"]
        first = [entry.rpartition("/")[2] for entry in path[:3]]
        assert first == ["python", "lib-python", "x.egg"]
        assert (str(packages) in path) == (engine == "cpython")
        if engine == "jython":
            # Netty's classes too, and whatever services these need.
            assert started.get("/?socket").json() == "ping", started.text()
    finally:
        # The end of the documented programs is a shutdown hook.
        status = started.stop(signal.SIGTERM)
    assert status == 128 + signal.SIGTERM, started.text()
    # What was copied out of the jar is gone.
    left = packages.parents[3].rglob("isthmus-class-path-*")
    assert list(left) == []


def test_library_for_another_python_is_refused(environment):
    options, _ = environment
    started = Foreign("jetty-ee10", [*options, "-Disthmus.engine=cpython"])
    assert started.port is None
    assert started.stop(signal.SIGTERM) != 0
    assert "IS0180" in started.text()
    assert "_fast.cpython-27-x86_64-linux-gnu.so" in started.text()
