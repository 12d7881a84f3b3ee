"""`isthmus serve --debug`: a debugger has the terminal, without time limits."""

import contextlib
import subprocess
import sys
import termios
import threading

import pytest

import client
import pty_process
import tool_process

APP = """
import pdb

inside = []


def application(environ, start_response) -> list[bytes]:
    inside.append(environ["PATH_INFO"])
    answer = 41
    if environ["PATH_INFO"] == "/break":
        breakpoint()
    elif environ["PATH_INFO"] == "/pdb":
        pdb.set_trace()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d of %d" % (answer, len(inside)), inside.clear() or b""]
"""
PROMPT = r"\(Pdb\) "


@pytest.fixture
def project(tmp_path):
    directory = tmp_path / "projét"
    directory.mkdir()
    (directory / "app.py").write_text(APP)
    words = [sys.executable, "-m", "venv", "--without-pip", directory / ".venv"]
    subprocess.run(words, check=True)
    return directory


class Asked(threading.Thread):
    """A request in a thread of its own."""

    def __init__(self, address, path):
        super().__init__(daemon=True)
        self._address, self._path = address, path
        self.body = None
        self.start()

    def run(self):
        # The server may end before it has answered.
        with contextlib.suppress(OSError):
            self.body = client.fetch(self._address, "GET", self._path).body

    def ended(self):
        self.join(tool_process.LIMIT)
        assert not self.is_alive(), self._path
        return self.body


@pytest.fixture
def serving(project, tmp_path):
    """The tool in a terminal, and the address that it serves at."""
    (tmp_path / "temporary").mkdir()
    # Shorter than anybody can type.
    words = ["serve", "--debug", "--port=0", "--context-param", "isthmus.timeout=0.1"]
    environment = tool_process.environment(tmp_path / "temporary", VIRTUAL_ENV="")
    options = {"cwd": project, "env": {**environment, "TERM": "dumb"}}
    with pty_process.running(tool_process.command(*words), **options) as terminal:
        port = terminal.says(r"Serving at http://127\.0\.0\.1:(\d+)/").group(1)
        yield terminal, ("127.0.0.1", int(port))


@pytest.mark.parametrize("path", ["/break", "/pdb"])
def test_debugger_has_the_terminal_and_no_time_limit(serving, path):
    terminal, address = serving
    stopped = Asked(address, path)
    prompt = terminal.says(PROMPT).end()
    # It waits, for there is one request at a time.
    other = Asked(address, "/other")
    at = terminal.types("p answer + 1000\r")
    assert at >= prompt
    terminal.says(r"\b1041\b", at)
    at = terminal.types("import time; time.sleep(0.5); print('slept', len(inside))\r")
    terminal.says(r"\bslept 1\b", at)
    terminal.types("!answer = 42\r")
    terminal.types("c\r")
    assert stopped.ended() == b"42 of 1"
    assert other.ended() == b"41 of 1"


def test_ctrl_c_at_the_prompt_ends_it_and_restores_the_terminal(serving):
    terminal, address = serving
    before = termios.tcgetattr(terminal.descriptor)
    stopped = Asked(address, "/break")
    terminal.says(PROMPT)
    terminal.types("\x03")
    assert terminal.process.wait(tool_process.LIMIT) == 0, terminal.text()
    assert termios.tcgetattr(terminal.descriptor) == before
    stopped.ended()


def test_debugger_needs_a_terminal_and_python_3(project, isthmus, monkeypatch):
    monkeypatch.chdir(project)
    refused = isthmus("serve", "--engine=cpython", "--debug")
    assert refused.code == 3 and "IS0424" in refused.err, refused
    refused = isthmus("serve", "--engine=jython", "--debug")
    assert refused.code == 2 and "--engine cpython" in refused.err, refused
