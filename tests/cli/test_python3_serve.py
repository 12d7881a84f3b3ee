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


def test_environment_of_the_tool_itself_comes_last(tmp_path, monkeypatch):
    tools = _environment(tmp_path / "tools")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "tools"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "tools"))
    assert environments.find(tmp_path) == tools
    own = _environment(tmp_path / ".venv")
    assert environments.find(tmp_path) == own
