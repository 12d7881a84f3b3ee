"""`isthmus serve` of Python 3: the environment, reloads, a broken edit."""

import subprocess
import sys

import pytest

from isthmus_cli.cpython import environments
from tool_process import Serving

APP = """
import sys


def application(environ, start_response) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"%s {sys.prefix}".encode()]
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
        serving.write("app.py", APP % "two")
        serving.when(b"two " + prefix)
        serving.write("app.py", "def broken(:\n")
        serving.says(r"SyntaxError[^\n]*")
        assert serving.get().body == b"two " + prefix
        serving.write("app.py", APP % "three")
        serving.when(b"three " + prefix)


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
