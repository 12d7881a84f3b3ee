"""A Flask 3 project becomes a WAR that runs in a Tomcat on a machine without Python."""

import json
import os
import pathlib
import re

import pytest

import client
import containers
import launched
from containers import jdks
from containers.tomcat import Tomcat
from paths import RUNS
from test_deployed import BuiltWar

APP = """
import ctypes, sqlite3, ssl, sys

import markupsafe._speedups
from flask import Flask

app = Flask(__name__)


@app.get("/hello/<name>")
def hello(name: str) -> str:
    return f"Hello, {name}!"


@app.get("/")
def front():
    return {}


@app.get("/python")
def python():
    modules = list(sys.modules.values())
    names = ("__file__", "__cached__")
    places = {n: [getattr(m, n, None) for m in modules] for n in names}
    return {"prefix": sys.prefix, **places}
"""


class Bare(Tomcat):
    """A Tomcat that Java starts, without a script, and with an empty environment."""

    def _launch(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "environ", {"PATH": "/nowhere"})
            super()._launch()

    def command(self):
        names = ("bootstrap.jar", "tomcat-juli.jar")
        path = os.pathsep.join(str(self.home / "bin" / name) for name in names)
        logging = "java.util.logging.manager=org.apache.juli.ClassLoaderLogManager"
        words = [self.jdk.tool("java"), *self.options, "-D" + logging, "-cp", path]
        file = self.base / "conf" / "logging.properties"
        words.append("-Djava.util.logging.config.file=%s" % file)
        words.append("-Djava.io.tmpdir=%s" % (self.base / "temp"))
        words += ["-Dcatalina.home=%s" % self.home, "-Dcatalina.base=%s" % self.base]
        return [*words, "org.apache.catalina.startup.Bootstrap", "start"]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A Flask 3 project, which is the current directory."""
    directory = tmp_path / "shop"
    directory.mkdir()
    (directory / "app.py").write_text(APP)
    (directory / "requirements.txt").write_text("flask>=3\n")
    monkeypatch.chdir(directory)
    return directory


@pytest.fixture
def tomcat(monkeypatch):
    """Start a Tomcat with one WAR, which finds no Python on this machine."""
    kind = containers.KINDS["tomcat11"]._replace(family=Bare)
    monkeypatch.setitem(containers.KINDS, "tomcat11", kind)
    jdk = jdks.discover()[0]
    server = containers.create("tomcat11", jdk, jdk, RUNS / "cli-python3")

    def start(path, layout):
        war = BuiltWar("/shop", {"jakarta": path})
        war.layout = layout
        server.start([war])
        return server

    yield start
    server.stop()


def _get(server, path):
    answer = client.fetch(server.address, "GET", "/shop" + path)
    assert answer.status == 200, (answer, server.own_log())
    return answer.body


@pytest.mark.parametrize("layout", ["unpacked", "packed"])
def test_flask_3_runs_on_a_server_without_python(project, isthmus, tomcat, layout):
    made = isthmus("war", "-o", "shop.war", "--check")
    assert (made.code, made.out) == (0, "shop.war\n"), made
    assert re.match("Python 3, because app.py has ", made.err), made
    server = tomcat(project / "shop.war", layout)
    assert _get(server, "/hello/Zo%C3%AB").decode() == "Hello, Zoë!"
    told = json.loads(_get(server, "/python"))
    assert told["prefix"].startswith(str(server.base / "work")), told
    files = [name for name in told["__file__"] if name]
    assert all(name.startswith(str(server.base)) for name in files), files
    assert any("_speedups.cpython-313" in name for name in files), files
    # Bytecode is in the WAR, and workers compile nothing.
    cached = [name for name in told["__cached__"] if name]
    assert [name for name in cached if not os.path.exists(name)] == []


def test_executable_war_runs_the_python_in_it(project, isthmus, tmp_path):
    made = isthmus("war", "-o", "shop.war", "--executable")
    assert made.code == 0, made
    code = "import flask, sys; print(sys.prefix); sys.exit(4)"
    work = tmp_path / "work"
    words = ["--workdir", str(work), "run", "-c", code]
    done = launched.run(project / "shop.war", *words, PATH="/nowhere")
    assert done.returncode == 4, done.stderr
    prefix = pathlib.Path(done.stdout.decode().strip())
    (extracted,) = work.glob("shop-*/")
    assert prefix.parent == extracted / "WEB-INF" / "cpython"
    target = tmp_path / "extracted"
    done = launched.run(project / "shop.war", "extract", str(target))
    assert done.returncode == 0, done.stderr
    program = target / "WEB-INF" / "cpython" / prefix.name / "bin" / "python3"
    # Root extracts, and another user runs it (docs/deploy/docker.md).
    assert program.stat().st_mode & 0o111 == 0o111
