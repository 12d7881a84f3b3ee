"""`isthmus serve` of Python 3: the environment, reloads, a broken edit."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from isthmus_cli.cpython import environments
from tool_process import Serving

APP = """
import sys


def application(environ, start_response) -> list[bytes]:
    if environ["PATH_INFO"] == "/fail":
        raise KeyError("<lost>")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"%s {sys.prefix}".encode()]
"""


PROJECT = """
[project]
name = "shop"
version = "1"
requires-python = ">=3.9"
"""


def _environment(directory):
    words = [sys.executable, "-m", "venv", "--without-pip", directory]
    subprocess.run(words, check=True)
    return directory / "bin" / "python3"


@pytest.fixture
def project(tmp_path):
    """A project beyond ASCII, with a virtual environment."""
    directory = tmp_path / "projét"
    directory.mkdir()
    (directory / "app.py").write_text(APP % "one")
    _environment(directory / ".venv")
    return directory


def test_change_is_served_and_a_broken_one_is_not(project):
    with Serving(project, "--port=0", VIRTUAL_ENV="") as serving:
        prefix = str(project / ".venv").encode()
        assert serving.get().body == b"one " + prefix
        version = "%d.%d.%d" % sys.version_info[:3]
        assert "Python %s: %s" % (version, project / ".venv") in serving.text()
        html = serving.get("/fail", [("Accept", "text/html,*/*")])
        assert html.status == 500 and b"KeyError: &#39;&lt;lost&gt;&#39;" in html.body
        assert b"app.py&quot;, line 7" in html.body, html.body
        stranger = serving.get("/fail", [("X-Forwarded-For", "127.0.0.1")])
        assert stranger.status == 500 and b"KeyError" not in stranger.body
        serving.write("app.py", APP % "two")
        serving.when(b"two " + prefix)
        serving.write("app.py", "def broken(:\n")
        serving.says(r"SyntaxError[^\n]*")
        assert serving.get().body == b"two " + prefix
        serving.write("app.py", APP % "three")
        serving.when(b"three " + prefix)


def test_start_that_fails_is_tried_again_only_after_an_edit(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "app.py").write_text("import nosuchthing\n" + APP % "one")
    with Serving(tmp_path, "--port=0", VIRTUAL_ENV="") as serving:
        assert serving.get().status == 503
        serving.write("app.py", "import neither\n" + APP % "one")
        serving.says("IS0110: .*nothing has been served so far")
        serving.write("app.py", APP % "one")
        serving.says("generation 2")
        assert serving.get().body.startswith(b"one ")
    assert serving.text().count("IS0110: ") == 1, serving.output()


def test_environments_are_found_as_by_other_tools(tmp_path, monkeypatch):
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    assert environments.find(tmp_path) is None
    plain = _environment(tmp_path / "venv")
    assert environments.find(tmp_path) == plain
    hidden = _environment(tmp_path / ".venv")
    assert environments.find(tmp_path) == hidden
    active = _environment(tmp_path / "active")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "active"))
    assert environments.find(tmp_path) == active


def _released(environment, version):
    """Have an environment of another Python."""
    mark = environment / "pyvenv.cfg"
    mark.write_text(
        re.sub("(?m)^version = .*", "version = " + version, mark.read_text())
    )


@pytest.mark.parametrize(
    "version, table, other",
    [
        ("3.11.2", "", "3.13.0"),
        ("3.13.7", "", None),
        ("3.13.7", '[tool.isthmus]\npython = "3.12"\n', "3.12.1"),
        ("3.12.3", '[tool.isthmus]\npython = "3.12"\n', None),
        ("3.11.2", '[tool.isthmus]\npython = "none"\n', None),
    ],
)
def test_environment_of_another_python_than_the_wars_is_reported(
    project, doctor, monkeypatch, version, table, other
):
    monkeypatch.chdir(project)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    (project / "pyproject.toml").write_text(PROJECT + table)
    _released(project / ".venv", version)
    output = doctor().get("IS0429", "")
    assert bool(output) == bool(other), output
    if other:
        assert version in output and "CPython %s" % other in output, output


def test_server_warns_of_an_environment_of_another_python(project):
    _released(project / ".venv", "3.9.1")
    with Serving(project, "--port=0", VIRTUAL_ENV="") as serving:
        message = serving.text()
        assert "IS0429" in message and "3.9.1" in message and "3.13.0" in message, (
            message
        )
        assert serving.get().status == 200


def test_environment_that_uv_has_elsewhere_is_found(tmp_path, monkeypatch):
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    _environment(tmp_path / ".venv")
    python = _environment(tmp_path / "envs" / "shop")
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", "envs/shop")
    assert environments.find(tmp_path) == python


@pytest.mark.parametrize(
    "program, mark, words",
    [
        ("poetry", "poetry.lock", "env info --path"),
        ("pipenv", "Pipfile", "--venv"),
    ],
)
def test_environment_that_a_program_keeps_is_asked_for(
    tmp_path, monkeypatch, program, mark, words
):
    project = tmp_path / "shop"
    project.mkdir()
    python = _environment(tmp_path / "kept")
    script = tmp_path / "bin" / program
    script.parent.mkdir()
    # With the tool's own environment active, it would answer with that.
    lines = ["#!/bin/sh", '[ "$*" = "%s" ] && [ -z "$VIRTUAL_ENV" ] || exit 1' % words]
    lines += ["echo Loading >&2", '[ "$PWD" = "%s" ] || exit 1' % project]
    script.write_text("\n".join([*lines, 'echo "%s"' % python.parents[1]]) + "\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    _environment(tmp_path / "tools")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "tools"))
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    assert environments.find(project, asks=True) is None
    (project / mark).touch()
    assert environments.find(project) is None
    assert environments.find(project, asks=True) == python
    own = _environment(project / ".venv")
    assert environments.find(project, asks=True) == own
    script.write_text("#!/bin/sh\nexit 1\n")
    shutil.rmtree(project / ".venv")
    assert environments.find(project, asks=True) is None


def test_program_is_not_asked_where_the_answer_does_not_count(
    project, isthmus, monkeypatch
):
    asked = []
    monkeypatch.chdir(project)
    monkeypatch.setattr(environments, "find", lambda *_, **__: asked.append(1))
    refused = isthmus("serve", "--python=2.6")
    assert refused.code == 3 and "IS0410" in refused.err, refused
    assert asked == []


def _install(python, name, *requires):
    version = "python%d.%d" % sys.version_info[:2]
    place = python.parents[1] / "lib" / version / "site-packages"
    metadata = place / ("%s-1.0.dist-info" % name) / "METADATA"
    metadata.parent.mkdir()
    lines = ["Metadata-Version: 2.1", "Name: " + name, "Version: 1.0"]
    lines += ["Requires-Dist: " + other for other in requires]
    metadata.write_text("\n".join(lines) + "\n")


def test_environment_of_the_tool_is_taken_if_it_has_the_libraries(
    tmp_path, monkeypatch
):
    tools = _environment(tmp_path / "tools")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "tools"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "tools"))
    _install(tools, "isthmus", "click>=8", "rich ; python_version > '3'")
    for name in ("click", "rich", "pip"):
        _install(tools, name)
    assert environments.find(tmp_path) is None
    _install(tools, "Flask")
    assert environments.find(tmp_path) == tools
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("flask>=3\nWhiteNoise\n")
    assert environments.find(tmp_path) is None
    _install(tools, "whitenoise")
    assert environments.find(tmp_path) == tools
    own = _environment(tmp_path / ".venv")
    assert environments.find(tmp_path) == own
