"""From nothing to a running application: the wheel, new, lock, war, and real servers.

What a user types is run in a scratch directory with an environment of its own, from the
installed wheel. One boot of each container has all WARs in it: the starters, and a
project in Bottle, which has none.
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
from typing import NamedTuple

import pytest

import containers
from containers import jdks
from launched import Launched
from paths import RUNS, TARGET
from wars import War

# Where it is mounted, which the WAR knows nothing of.
GREETER = "/deep/%C3%A9t%C3%A9"
LIMIT = 300
BOTTLE = r"""
from bottle import Bottle, request, response

app = Bottle()


@app.get("/")
def front():
    return u"Notes, \u65e5"


@app.post("/notes/<name>")
def note(name):
    response.status = 201
    return {"name": name, "text": request.forms.getunicode("text")}
"""


class Project(NamedTuple):
    """What a user makes: the words of each command that he gives."""

    path: str
    war: list = ()
    new: list = ()
    files: dict = {}
    lock: bool = True


PROJECTS = {
    "greeter": Project("/deep/été", ["--executable"], ["greeter"], lock=False),
    "shop": Project("/shop", ["--strip"], ["shop", "--kind=flask"]),
    "site": Project("/site", new=["site9", "--kind=django"]),
    "words": Project("/words", new=["words", "--kind=paste"]),
    "board": Project(
        "/board",
        ["-r", "requirements.txt"],
        files={"app.py": BOTTLE, "requirements.txt": "bottle\n"},
    ),
}
# Each takes ten seconds and more to lock, compile, import and start. The starters pass
# their own tests on Jython in test_new, `lock` and `war` have real libraries in
# test_lock_real, Paste Deploy and Bottle run on servers in tests/functional.
IN_MATRIX = ("site", "words", "board")


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

    def write(self, name, text):
        """Make a file, and the directory that it is in."""
        file = self.directory / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

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
def wars(scratch, request):
    """{name: {namespace: archive}} of each project."""
    left = () if request.config.getoption("matrix") else IN_MATRIX
    projects = {name: spec for name, spec in PROJECTS.items() if name not in left}
    return {name: _made(scratch, name, spec) for name, spec in projects.items()}


def _made(scratch, name, spec):
    where = spec.new[0] if spec.new else name
    if spec.new:
        scratch.isthmus("new", *spec.new, "--engine=jython")
    for file, text in spec.files.items():
        scratch.write("%s/%s" % (where, file), text)
    if spec.lock:
        scratch.isthmus("lock", where=where)
    both = scratch.isthmus("war", "--servlet=both", *spec.war, where=where)
    assert both == "%s.war\n%s-javax.war\n" % (where, where)
    paths = [scratch.directory / where / line for line in both.splitlines()]
    return dict(zip(("jakarta", "javax"), paths))


# On javax; the WAR for jakarta runs by itself, on the Jetty in it. scripts/matrix takes
# the others too.
VERIFIED = "tomcat9"


@pytest.fixture(
    scope="module",
    params=[
        kind if kind == VERIFIED else pytest.param(kind, marks=pytest.mark.matrix)
        for kind in containers.KINDS
    ],
)
def container(request, wars):
    jdk = jdks.discover()[0]
    base = RUNS / ("cli-" + request.param)
    server = containers.create(request.param, jdk, jdk, base)
    server.start([BuiltWar(PROJECTS[name].path, war) for name, war in wars.items()])
    yield server
    server.stop()


def _get(address, path, form=None):
    host, port = address
    url = "http://%s:%d%s" % (host, port, path)
    with urllib.request.urlopen(url, form) as answer:
        return answer.read().decode("utf-8")


def test_starter_answers_wherever_it_is_mounted(container):
    answer = _get(container.address, GREETER + "/?name=Zo%C3%AB")
    assert answer == "Hello, Zoë!\n"


def test_flask_answers_below_its_context_path(container):
    assert 'href="/shop/static/style.css"' in _get(container.address, "/shop/")
    assert "font-family" in _get(container.address, "/shop/static/style.css")
    greeting = json.loads(_get(container.address, "/shop/hello/Zo%C3%AB"))
    assert greeting == {"greeting": "Hello, Zoë!"}


@pytest.mark.matrix
def test_django_answers_below_its_context_path(container):
    assert 'href="/site/hello/world"' in _get(container.address, "/site/")
    greeting = json.loads(_get(container.address, "/site/hello/Zo%C3%AB"))
    assert greeting == {"greeting": "Hello, Zoë!"}


@pytest.mark.matrix
def test_paste_deploy_makes_the_application_of_its_file(container):
    assert _get(container.address, "/words/") == "Hello, world!\n"


@pytest.mark.matrix
def test_bottle_reads_a_form(container):
    assert _get(container.address, "/board/") == "Notes, 日"
    stored = _get(container.address, "/board/notes/Zo%C3%AB", b"text=%E6%97%A5+a")
    assert json.loads(stored) == {"name": "Zoë", "text": "日 a"}


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
