"""The time of a web application: Git's, or that of its newest source."""

import os
import subprocess
import zipfile

import pytest

from isthmus_cli.rules import ToolError
from isthmus_cli.war import times
from war_project import contents, make

THEN = 1700000000


@pytest.fixture
def project(tmp_path, monkeypatch, isthmus):
    monkeypatch.delenv(times.EPOCH, raising=False)
    made = make(tmp_path, monkeypatch, isthmus)
    _age(made.write("hello.py"), THEN)
    _age(made.write("public/a.css", "teal"), THEN)
    return made


def _age(path, seconds):
    os.utime(path, (seconds, seconds))


def _of(project):
    entries = {"a.css": project.directory / "public" / "a.css"}
    entries["WEB-INF/app/hello.py"] = project.directory / "hello.py"
    return times.of(entries, None, project.directory)


def _git(project, *words):
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    line = ["git", "-C", project.directory, *who, *words]
    date = {"GIT_COMMITTER_DATE": "%d +0000" % (THEN - 1000)}
    subprocess.run(line, check=True, capture_output=True, env={**os.environ, **date})


def _commit(project):
    _git(project, "init")
    _git(project, "add", ".")
    _git(project, "commit", "--message=first")


def test_newest_source_decides(project):
    assert _of(project) == THEN
    _age(project.directory / "public" / "a.css", THEN + 60)
    assert _of(project) == THEN + 60
    # It decides which libraries there are.
    _age(project.write("pylock.toml", ""), THEN + 90)
    assert _of(project) == THEN + 90


def test_what_is_committed_has_the_time_of_the_commit(project):
    _commit(project)
    assert _of(project) == THEN - 1000
    # As a clone has it.
    _age(project.directory / "hello.py", THEN + 60)
    assert _of(project) == THEN - 1000


def test_what_is_not_committed_counts_with_its_own_time(project):
    project.write(".gitignore", "public\n")
    _commit(project)
    assert _of(project) == THEN
    _age(project.write("hello.py", "application = None\n"), THEN + 60)
    assert _of(project) == THEN + 60


def test_environment_outweighs_them(project, monkeypatch):
    monkeypatch.setenv(times.EPOCH, "5")
    assert _of(project) == 5
    monkeypatch.setenv(times.EPOCH, "today")
    with pytest.raises(ToolError) as refused:
        _of(project)
    assert "'today'" in str(refused.value)


def test_without_git_the_newest_source_decides(project, monkeypatch):
    _commit(project)
    monkeypatch.setenv("PATH", str(project.directory))
    assert _of(project) == THEN


def test_file_that_changes_but_for_its_length_gets_another_time(project):
    words = ("--jython=none", "--static=public")
    (first,) = project.war("-o", "a.war", *words)
    _age(project.write("public/a.css", "pink"), THEN + 60)
    (second,) = project.war("-o", "b.war", *words)
    assert contents(first)["a.css"] == b"teal"
    with zipfile.ZipFile(first) as before, zipfile.ZipFile(second) as after:
        old, new = before.getinfo("a.css"), after.getinfo("a.css")
        assert old.file_size == new.file_size
        assert old.date_time < new.date_time
        # One of the directory's, whose sources have not changed.
        again = after.getinfo("WEB-INF/app/hello.py")
        assert again.date_time == new.date_time
