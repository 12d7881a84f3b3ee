"""From nothing to a running application: the wheel, new, lock, war, and real servers.

What a user types is run in a scratch directory with an environment of its own, from the
installed wheel. One boot of each container has all WARs in it.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import containers
from containers import jdks
from launched import Launched
from paths import RUNS, TARGET
from wars import War

CONTAINERS = ["tomcat9", "tomcat11", "jetty-ee10"]
# Where it is mounted, which the WAR knows nothing of.
GREETER = "/deep/%C3%A9t%C3%A9"
LIMIT = 300


class Scratch:
    """A directory where nothing of Isthmus is but an installed wheel."""

    def __init__(self, directory):
        self.directory = directory / "été 日本 x"
        self.environment = directory / "venv"
        self.directory.mkdir()
        venv = [sys.executable, "-m", "venv", "--without-pip", self.environment]
        subprocess.run(venv, check=True)
        (site,) = self.environment.glob("lib/python*/site-packages")
        # The dependencies, which are not what is tested here.
        (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
        (wheel,) = TARGET.glob("isthmus-*.whl")
        python = self.environment / "bin" / "python"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
        pip += ["--python", python, "install", "--no-index", "--no-deps", wheel]
        subprocess.run(pip, check=True)

    def isthmus(self, *args, where=""):
        """Run the tool's script; return what it has printed."""
        command = [self.environment / "bin" / "isthmus", *args]
        variables = {"ISTHMUS_CACHE": str(TARGET / "cli" / "cache")}
        repository = os.environ.get("MAVEN_REPOSITORY")
        if repository:
            variables["MAVEN_OPTS"] = "-Dmaven.repo.local=" + repository
        done = subprocess.run(
            command,
            cwd=self.directory / where,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


class BuiltWar(War):
    """A WAR that the tool has made: copied as it is."""

    def __init__(self, path, archives):
        super().__init__(path, layout="unpacked", probe="/")
        self.archives = archives

    def write_archive(self, archive, parts):
        archive.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.archives[parts.namespace], archive)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return Scratch(tmp_path_factory.mktemp("scratch"))


@pytest.fixture(scope="module")
def wars(scratch):
    """{name: {namespace: archive}} of two starter projects."""
    scratch.isthmus("new", "greeter")
    scratch.isthmus("new", "shop", "--kind", "flask")
    scratch.isthmus("lock", where="shop")
    made = {}
    for name, options in (("greeter", ["--executable"]), ("shop", ["--strip"])):
        both = scratch.isthmus("war", "--servlet=both", *options, where=name)
        assert both == "%s.war\n%s-javax.war\n" % (name, name)
        paths = [scratch.directory / name / line for line in both.splitlines()]
        made[name] = dict(zip(("jakarta", "javax"), paths))
    return made


@pytest.fixture(scope="module", params=CONTAINERS)
def container(request, wars):
    jdk = jdks.discover()[0]
    base = RUNS / ("cli-" + request.param)
    server = containers.create(request.param, jdk, jdk, base)
    deployed = [("/deep/été", "greeter"), ("/shop", "shop")]
    server.start([BuiltWar(path, wars[name]) for path, name in deployed])
    yield server
    server.stop()


def _get(address, path):
    host, port = address
    with urllib.request.urlopen("http://%s:%d%s" % (host, port, path)) as answer:
        return answer.read().decode("utf-8")


def test_starter_answers_wherever_it_is_mounted(container):
    answer = _get(container.address, GREETER + "/?name=Zo%C3%AB")
    assert answer == "Hello, Zoë!\n"


def test_flask_answers_below_its_context_path(container):
    assert 'href="/shop/static/style.css"' in _get(container.address, "/shop/")
    assert "font-family" in _get(container.address, "/shop/static/style.css")
    greeting = json.loads(_get(container.address, "/shop/hello/Zo%C3%AB"))
    assert greeting == {"greeting": "Hello, Zoë!"}


@pytest.mark.parametrize("path", ["/WEB-INF/app/hello.py", "/hello.py"])
def test_source_is_not_served(container, path):
    try:
        text = _get(container.address, GREETER + path)
    except urllib.error.HTTPError as refused:
        text = refused.read().decode()
    assert "def application" not in text


def test_executable_war_runs_by_itself(wars, tmp_path):
    options = ["--port", "0", "--host", "127.0.0.1", "--workdir", str(tmp_path)]
    with Launched(wars["greeter"]["jakarta"], *options) as program:
        assert _get(program.address, "/") == "Hello, world!\n"
        program.terminate()
        assert program.status() == 0


def test_everything_works_again_without_a_network(scratch, wars, monkeypatch):
    before = wars["shop"]["jakarta"].read_bytes()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        # Where nobody listens.
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("MAVEN_REPOSITORY", "/nowhere")
    again = scratch.isthmus("war", "--strip", "-o", "shop.war", where="shop")
    assert again == "shop.war\n"
    assert Path(scratch.directory, "shop", "shop.war").read_bytes() == before
