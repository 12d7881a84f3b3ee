"""`isthmus serve` as a process: edits, mistakes and repairs, while clients go on."""

import re
import signal
import socket
import threading

import pytest

from isthmus_cli import artifacts
from packages import Index
from paths import TARGET
from tool_process import LIMIT, Serving, until

APP = """
import logging
import os
import threading
import helper

def application(environ, start_response):
    threading.currentThread()
    if environ["PATH_INFO"] == "/status":
        logging.info("asked for the status")
        with open(__file__) as file:
            os.fstat(file.fileno())
    if environ["PATH_INFO"] == "/fail":
        {}["<lost>"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["%s" % helper.VERSION]
"""
DEPLOY = """
[app:main]
paste.app_factory = words:make_app
greeting = %s
"""
WORDS = """
def make_app(global_config, greeting):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [greeting + "%s"]
    return app
"""


class Asking(threading.Thread):
    """A client that asks all the time, and keeps what was not a 200."""

    def __init__(self, serving):
        super().__init__(daemon=True)
        self.serving = serving
        self.ended = threading.Event()
        self.bodies = []
        self.failures = []

    def run(self):
        # Not at once again: two processors would do nothing else.
        while not self.ended.wait(0.01):
            self.ask()
        # What the test has seen before it ended this.
        self.ask()

    def ask(self):
        try:
            response = self.serving.get()
        except OSError as error:
            self.failures.append(error)
            return
        if response.status != 200:
            self.failures.append(response)
        elif self.bodies[-1:] != [response.body]:
            self.bodies.append(response.body)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exc_info):
        self.ended.set()
        self.join(LIMIT)


@pytest.fixture
def project(tmp_path):
    """A project, with a name that nobody expects."""
    directory = tmp_path / "ein Projekt, \u00e9"
    directory.mkdir()
    (directory / "app.py").write_text(APP)
    (directory / "helper.py").write_text("VERSION = 1\n")
    return directory


@pytest.fixture(autouse=True)
def cache(monkeypatch):
    monkeypatch.setenv(artifacts.CACHE, str(TARGET / "cli" / "cache"))


def test_edit_mistake_and_repair_cost_no_request(project):
    (project / "pub").mkdir()
    (project / "pub" / "a.css").write_text("css")
    (project / "pub" / "secret.py").write_text("secret")
    (project / "pub" / "with").mkdir()
    (project / "pub" / "with" / "index.html").write_text("index")
    (project / "data.txt").write_text("1")
    (project / "shop" / "templates").mkdir(parents=True)
    (project / "shop" / "templates" / "front.html").write_text("1")
    words = ["--port=0", "--static", "pub=files", "--static", "pub"]
    words += ["--watch", "data.txt"]
    before = sorted(path.name for path in project.rglob("*"))
    with Serving(project, *words) as serving:
        # Before anything that takes time.
        engine, start = serving.text().splitlines()[:2]
        assert engine.startswith("Python 2.7 (Jython), because ")
        assert start == "Starting app:application"
        assert serving.get().body == b"1"
        with Asking(serving) as asking:
            serving.write("helper.py", "VERSION = 2\n")
            serving.when(b"2")
            serving.write("helper.py", "VERSION = (\n")
            serving.says("IS0110: .*IS0077")
            assert serving.get().body == b"2"
            serving.write("helper.py", "VERSION = 3\n")
            serving.when(b"3")
            serving.write("data.txt", "2")
            serving.says("generation 4")
            serving.write("shop/templates/front.html", "2")
            serving.says("generation 5")
        assert (asking.failures, asking.bodies) == ([], [b"1", b"2", b"3"])
        _files_and_debug_page(serving)
        serving.process.send_signal(signal.SIGINT)
        assert serving.process.wait(LIMIT) == 0, serving.output()
    assert re.search(r"application / .*ended", serving.text())
    # Nor has a generation's end waited for Jetty's threads, which Python knows by then.
    assert "IS0062" not in serving.text()
    assert sorted(path.name for path in project.rglob("*")) == before
    assert list(serving.temporary.glob("isthmus-*")) == []


def _files_and_debug_page(serving):
    assert serving.get("/files/a.css").body == b"css"
    # What is no file for browsers is left to the application.
    assert serving.get("/files/secret.py").body == b"3"
    # Nor is a directory, as behind the filter of a WAR; but one with an index is.
    for directory in ("/", "/files", "/files/"):
        assert serving.get(directory).body == b"3", directory
    for directory in ("/with", "/files/with"):
        assert serving.get(directory + "/").body == b"index"
        assert serving.get(directory).header("Location").endswith(directory + "/")
    # Java opens what Jython needs for it, as in an executable WAR.
    assert serving.get("/status").status == 200
    # Colours are for terminals.
    serving.says(r"(?m)^\d\d:\d\d:\d\d GET /files/a.css 200 3 bytes \d+ ms$")
    plain = serving.get("/fail")
    assert (plain.status, plain.header("Cache-Control")) == (500, "no-store")
    assert plain.header("Content-Type").startswith("text/plain")
    assert b"KeyError: '<lost>'" in plain.body
    html = serving.get("/fail", [("Accept", "text/html,*/*")])
    assert html.header("Content-Type").startswith("text/html")
    assert b"KeyError: &#39;&lt;lost&gt;&#39;" in html.body
    assert b"app.py&quot;, line 14" in html.body
    for stranger in [("X-Forwarded-For", "127.0.0.1"), ("Host", "evil.example")]:
        response = serving.get("/fail", [stranger])
        assert (response.status, b"KeyError" in response.body) == (500, False)


def test_start_that_fails_waits_for_the_repair(project, tmp_path):
    library = tmp_path / "lib"
    library.mkdir()
    (library / "more.pth").write_text("deeper\n")
    (library / "deeper").mkdir()
    (library / "deeper" / "found.py").write_text("VERSION = 7\n")
    (project / "helper.py").write_text("from found import VERSION, missing\n")
    # No import statement could name it.
    (project / "app.py").rename(project / "日-本.py")
    words = ["日-本.py", "--port=0", "--servlet=javax", "--lib", str(library)]
    with Serving(project, *words) as serving:
        response = serving.get()
        assert response.status == 503
        assert b"missing" in response.body and b"Traceback" in response.body
        serving.write("helper.py", "VERSION = (\n")
        until(lambda: b"IS0077" in serving.get().body, serving.output)
        serving.write("helper.py", "from found import VERSION\n")
        serving.when(b"7")
        # Whoever has started it may go in any way; the server ends all the same.
        serving.process.kill()
        serving.process.wait()
        until(lambda: _refuses(serving.address), serving.output)


def _refuses(address):
    try:
        socket.create_connection(address, 1).close()
    except OSError:
        return True
    return False


def test_configuration_of_paste_deploy_is_reloaded_with_its_modules(
    tmp_path, paste_deploy
):
    directory = tmp_path / "words"
    # Its modules are where many projects have them.
    (directory / "src").mkdir(parents=True)
    (directory / "development.ini").write_text(DEPLOY % "Hello")
    (directory / "src" / "words.py").write_text(WORDS % "!")
    words = ["development.ini#main", "--port=0", "--lib", str(paste_deploy)]
    with Serving(directory, *words) as serving:
        assert serving.get().body == b"Hello!"
        with Asking(serving) as asking:
            serving.write("development.ini", DEPLOY % "Hallo")
            serving.when(b"Hallo!")
            serving.write("src/words.py", WORDS % "?")
            serving.when(b"Hallo?")
            serving.write("development.ini", DEPLOY.replace("words:", "wards:"))
            serving.says("IS0110: .*IS0125")
            serving.says("IS0125: .*'wards'.*did you mean 'words'")
            assert serving.get().body == b"Hallo?"
            serving.write("development.ini", DEPLOY % "Salut")
            serving.when(b"Salut?")
        expected = [b"Hello!", b"Hallo!", b"Hallo?", b"Salut?"]
        assert (asking.failures, asking.bodies) == ([], expected)
    assert list(serving.temporary.glob("isthmus-*")) == []


def test_libraries_are_those_of_the_lock(project, tmp_path, isthmus, monkeypatch):
    index = Index(tmp_path / "index", monkeypatch)
    index.wheel("needed", "1.0", files={"needed.py": b"VERSION = 10\n"})
    monkeypatch.setenv(artifacts.CACHE, str(TARGET / "cli" / "cache"))
    (project / "requirements.txt").write_text("needed\n")
    monkeypatch.chdir(project)
    assert isthmus("lock").code == 0
    # Newer, but not what is locked.
    index.wheel("needed", "2.0", files={"needed.py": b"VERSION = 20\n"})
    (project / "helper.py").write_text("from needed import VERSION\n")
    with Serving(project, "--port=0", "-r", "requirements.txt") as serving:
        assert serving.get().body == b"10"
        # Compiled once and kept, for Jython would do so at each start and reload.
        assert list(serving.temporary.rglob("lib/needed$py.class"))
    assert list(serving.temporary.glob("isthmus-*")) == []


def test_browser_is_shown_the_address_once(project, tmp_path, monkeypatch):
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "$@" >> "$0.told"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", "%s %%s" % browser)
    with Serving(project, "--port=0", "--open") as serving:
        expected = tmp_path / "browser.told"
        address = "http://127.0.0.1:%d/\n" % serving.address[1]
        until(
            lambda: expected.exists() and expected.read_text() == address,
            serving.output,
        )
        assert serving.get().body == b"1"
    assert expected.read_text() == address


def test_port_in_use(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        serving = Serving(project, "app:application", "--port", str(port))
        assert serving.process.wait(LIMIT) == 3, serving.text()
    assert re.search(r"IS0162: .*%d\b.*127\.0\.0\.1" % port, serving.text())
    assert list(serving.temporary.glob("isthmus-*")) == []


def test_no_java(isthmus, project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    ended = isthmus("serve")
    assert (ended.code, ended.err.split(":")[0]) == (3, "IS0204")


def test_no_application(isthmus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert isthmus("serve").code == 3
