"""A Flask 3 project becomes a WAR that runs in a Tomcat on a machine without Python."""

import json
import os
import pathlib
import re

import pytest

import client
import containers
import jail
import launched
from containers import jdks
from containers.tomcat import Tomcat
from paths import RUNS
from test_deployed import BuiltWar

APP = """
import errno, importlib, sys

import markupsafe._speedups
from flask import Flask

app = Flask(__name__)


@app.get("/hello/<name>")
def hello(name: str) -> str:
    return f"Hello, {name}!"


@app.get("/")
def front():
    return {}


@app.get("/import/<name>")
def imported(name: str) -> str:
    try:
        importlib.import_module(name)
    except ImportError as error:
        return str(error)
    return "done"


@app.get("/python")
def python():
    refused = None
    try:
        open("/x", "w").close()
    except OSError as error:
        refused = errno.errorcode[error.errno]
    modules = list(sys.modules.values())
    names = ("__file__", "__cached__")
    places = {n: [getattr(m, n, None) for m in modules] for n in names}
    return {"prefix": sys.prefix, "refused": refused, **places}
"""


MODULES = ("bz2", "ctypes", "decimal", "hashlib", "lzma", "sqlite3", "ssl", "uuid")
MODULES += ("xml.etree", "zlib")
DATABASE = """
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
DATA = os.environ["ISTHMUS_DATA_DIR"]
ENGINE = "django.db.backends.sqlite3"
DATABASES = {"default": {"ENGINE": ENGINE, "NAME": os.path.join(DATA, "shop.db")}}
"""
VIEWS = """
from django.contrib.auth.models import User
from django.http import HttpResponse


def front(request):
    return HttpResponse("%d users" % User.objects.count())


def hello(request, name):
    User.objects.create_user(name)
    return HttpResponse(User.objects.get(username=name).username)
"""


class Bare(Tomcat):
    """A Tomcat that Java starts, where there is no more than a JDK and the Tomcat."""

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
        words += ["org.apache.catalina.startup.Bootstrap", "start"]
        root = self.base.with_name(self.base.name + "-root")
        root.mkdir(exist_ok=True)
        return jail.command(words, self.jdk, root, shared=[self.home, self.base])


@pytest.fixture(scope="module")
def made():
    """The WAR that the first test has made: the others take the same."""
    return []


@pytest.fixture
def war(made, tmp_path, monkeypatch, isthmus):
    """A Flask 3 project as a WAR, for a server and to run by itself."""
    if not made:
        directory = tmp_path / "shop"
        directory.mkdir()
        (directory / "app.py").write_text(APP)
        (directory / "requirements.txt").write_text("flask>=3\n")
        monkeypatch.chdir(directory)
        ended = isthmus("war", "-o", "shop.war", "--check", "--executable")
        assert (ended.code, ended.out) == (0, "shop.war\n"), ended
        assert re.match("Python 3, because app.py has ", ended.err), ended
        made.append(directory / "shop.war")
    return made[0]


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


@pytest.mark.parametrize(
    "layout", [pytest.param("unpacked", marks=pytest.mark.matrix), "packed"]
)
def test_flask_3_runs_on_a_server_without_python(war, tomcat, layout):
    server = tomcat(war, layout)
    # But for the one in the WAR.
    own = [
        name for name in jail.programs(server.pid) if "/isthmus-cpython-" not in name
    ]
    assert own == []
    assert _get(server, "/hello/Zo%C3%AB").decode() == "Hello, Zoë!"
    for name in MODULES:
        assert (name, _get(server, "/import/" + name)) == (name, b"done")
    reported = json.loads(_get(server, "/python"))
    assert reported["prefix"].startswith(str(server.base / "work")), reported
    files = [name for name in reported["__file__"] if name]
    assert all(name.startswith(str(server.base)) for name in files), files
    assert any("_speedups.cpython-313" in name for name in files), files
    # Bytecode is in the WAR, and workers compile nothing.
    cached = [name for name in reported["__cached__"] if name]
    assert [name for name in cached if not os.path.exists(name)] == []


def test_executable_war_needs_no_home_and_writes_temporary_files_alone(
    war, tmp_path, monkeypatch
):
    (tmp_path / "root").mkdir()
    jdk = jdks.discover()[0]
    monkeypatch.setattr(os, "environ", {"PATH": "/nowhere"})

    def command(archive, arguments, *_):
        words = [jdk.tool("java"), "-jar", "/srv/shop.war", *arguments]
        files = {"/srv/shop.war": archive}
        root = tmp_path / "root"
        return jail.command(words, jdk, root, copied=files, is_nobody=True)

    monkeypatch.setattr(launched, "command", command)
    with launched.Launched(war, "--port=0", "--context-path=/shop") as program:
        assert program.get("/shop/hello/Ada").body == b"Hello, Ada!"
        reported = json.loads(program.get("/shop/python").body)
        assert reported["prefix"].startswith("/tmp/isthmus-"), reported
        assert reported["refused"] == "EROFS", reported
        assert [n for n in jail.programs(program.process.pid) if "/tmp/" not in n] == []


def test_django_5_is_migrated_and_served_with_sqlite(isthmus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert isthmus("new", "shop", "--kind=django").code == 0
    monkeypatch.chdir("shop")
    with open("src/shop/settings.py", "a", encoding="utf-8") as settings:
        settings.write(DATABASE)
    pathlib.Path("src/shop/views.py").write_text(VIEWS, "utf-8")
    data = tmp_path / "data"
    data.mkdir()
    kept = "isthmus.data_dir=%s" % data
    words = ["-o", "shop.war", "--executable", "--context-param", kept]
    made = isthmus("war", *words)
    assert made.code == 0, made
    jdk, root = jdks.discover()[0], tmp_path / "root"
    root.mkdir()
    monkeypatch.setattr(os, "environ", {"PATH": "/nowhere"})

    def command(archive, arguments, *_):
        words = [jdk.tool("java"), "-jar", "/srv/shop.war", *arguments]
        files = {"/srv/shop.war": archive}
        return jail.command(words, jdk, root, shared=[data], copied=files)

    monkeypatch.setattr(launched, "command", command)
    war = tmp_path / "shop" / "shop.war"
    migrated = launched.run(war, "run", "manage.py", "migrate")
    assert migrated.returncode == 0, migrated
    assert b"auth.0001_initial... OK" in migrated.stdout, migrated
    with launched.Launched(war, "--port=0") as program:
        assert program.get("/").body == b"0 users", program.message()
        assert program.get("/hello/ada").body == b"ada"
        assert program.get("/").body == b"1 users"
    assert (data / "shop.db").is_file()


def test_executable_war_runs_the_python_in_it(war, tmp_path):
    code = "import flask, sys; print(sys.prefix); sys.exit(4)"
    work = tmp_path / "work"
    words = ["--workdir", str(work), "run", "-c", code]
    done = launched.run(war, *words, PATH="/nowhere")
    assert done.returncode == 4, done.stderr
    prefix = pathlib.Path(done.stdout.decode().strip())
    (extracted,) = work.glob("shop-*/")
    assert prefix.parent == extracted / "WEB-INF" / "cpython"
    target = tmp_path / "extracted"
    done = launched.run(war, "extract", str(target))
    assert done.returncode == 0, done.stderr
    program = target / "WEB-INF" / "cpython" / prefix.name / "bin" / "python3"
    # Root extracts, and another user runs it (docs/deploy/docker.md).
    assert program.stat().st_mode & 0o111 == 0o111
