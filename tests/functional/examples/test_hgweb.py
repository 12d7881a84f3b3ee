"""The repositories of examples/hgweb, for people and for Mercurial itself, over HTTP.

On one container: Mercurial takes fifteen seconds of CPU to start.
"""

import os
import subprocess

import pytest

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("hgweb")]
# Forty seconds of CPU; what it asks of Isthmus, others do too.
pytestmark = pytest.mark.matrix


@pytest.fixture
def hg(tmp_path):
    """Run Mercurial in a directory of its own, without this machine's settings."""

    def run(*arguments, cwd=tmp_path):
        done = subprocess.run(
            ["hg", "--config", "ui.username=A visitor", *arguments],
            cwd=cwd,
            env={**os.environ, "HGPLAIN": "1", "HGRCPATH": os.devnull},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def clone(hg, visitor, tmp_path):
    hg("clone", visitor.home + "/sample", "clone")
    return tmp_path / "clone"


def test_repositories_are_listed(visitor):
    page = visitor.get("/").text
    assert visitor.path + "/sample" in page


def test_commit_and_file_are_shown(visitor):
    assert "A first program" in visitor.get("/sample/rev/0").text
    assert "Hello from a repository." in visitor.get("/sample/file/0/hello.py").text
    raw = visitor.get("/sample/raw-file/0/hello.py")
    assert raw.text == 'print("Hello from a repository.")\n'
    assert "A first program" in visitor.get("/sample/log").text
    assert "hello.py" in visitor.get("/sample/annotate/0/hello.py").text


def test_help_is_there_for_which_a_directory_hides_the_module(visitor):
    response = visitor.get("/sample/help/revisions")
    assert response.status_code == 200
    assert "changeset" in response.text


def test_static_files_and_absent_ones(visitor):
    response = visitor.get("/static/style-paper.css")
    assert response.status_code == 200 and "body" in response.text
    assert visitor.get("/nowhere").status_code == 404
    assert visitor.get("/sample/rev/123456").status_code == 404


def test_repository_is_cloned(hg, clone):
    assert (clone / "hello.py").read_text() == 'print("Hello from a repository.")\n'
    assert "A first program" in hg("log", "--rev", "0", cwd=clone)
    hg("verify", cwd=clone)


def test_commits_are_pushed(hg, clone, visitor):
    hg("branch", "second", cwd=clone)
    (clone / "octets.bin").write_bytes(bytes(range(256)) * 256)
    (clone / "Zo\u00eb.txt").write_text("Beyond ASCII.\n")
    hg("commit", "--addremove", "--message", "A file of octets", cwd=clone)
    hg("push", "--new-branch", cwd=clone)
    assert "A file of octets" in visitor.get("/sample/rev/tip").text
    assert "second" in visitor.get("/sample/branches").text
    raw = visitor.get("/sample/raw-file/tip/octets.bin")
    assert raw.content == bytes(range(256)) * 256
    assert "Beyond ASCII." in visitor.get("/sample/file/tip/Zo%C3%AB.txt").text
    hg("clone", visitor.home + "/sample", "again")
    hg("verify", cwd=clone.parent / "again")


def test_pages_are_read_in_a_browser(site, browser):
    site.open("/")
    browser.leave_by(browser.link("sample"))
    assert "A first program" in browser.text("body")
    browser.leave_by(browser.link("browse"))
    browser.leave_by(browser.link("hello.py"))
    assert "Hello from a repository." in browser.text("body")
    assert browser.errors() == []
