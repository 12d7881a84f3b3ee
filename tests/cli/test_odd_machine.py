"""Users without a name or a home, and directories that are hard to name, do no harm.

An arbitrary UID (Kubernetes' runAsUser, OpenShift) has no entry in passwd; Java, Maven
and Python's own libraries each have a bad answer to that.
"""

import os
import pwd
import tempfile

import pytest

import tool_process
from isthmus_cli import exit_codes, home, maven, plain
from isthmus_cli.rules import Rule, ToolError
from packages import Index

HELLO = "def application(environ, start_response):\n"
HELLO += '    start_response("200 OK", [])\n    return [b"%s"]\n'
# What a class path, a URL, a pattern, a format or a shell has a meaning for.
ODD = "a:b! [c]? #%zz%41 {d} été 日本 *"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The directory of temporary files."""
    directory = tmp_path / "temporary"
    directory.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(directory))
    return directory


@pytest.fixture
def stranger(temporary, monkeypatch):
    """A user that passwd does not have, without a HOME; returns the temporary files."""
    # What Maven has fetched already is the machine's, not the user's.
    repository = "-Dmaven.repo.local=%s" % maven.local_repository()
    monkeypatch.setenv("MAVEN_OPTS", repository)
    for name in ("HOME", "XDG_CACHE_HOME", home.CACHE):
        monkeypatch.delenv(name, raising=False)

    def unknown(uid):
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    return temporary


@pytest.fixture
def project(tmp_path, monkeypatch):
    directory = tmp_path / "project"
    directory.mkdir()
    (directory / "hello.py").write_text(HELLO % tmp_path.name)
    (directory / "requirements.txt").write_text("top\n")
    Index(tmp_path / "index", monkeypatch).wheel("top", "1.0")
    monkeypatch.chdir(directory)
    return directory


def test_user_without_a_name_and_a_home(project, stranger, isthmus):
    for words in (["lock"], ["war", "-r", "requirements.txt"], ["doctor"]):
        ended = isthmus(*words)
        assert ended.code == exit_codes.DONE, ended
    cache = stranger / ("isthmus-%d" % os.getuid())
    assert "cache: %s\n" % cache in ended.out
    assert cache.stat().st_mode & 0o777 == 0o700
    # Maven would take "?" for a home, in the current directory.
    assert sorted(path.name for path in project.iterdir()) == [
        "hello.py",
        "isthmus.lock",
        "project.war",
        "requirements.txt",
    ]


@pytest.mark.parametrize("where", ["/", "/proc/1/nowhere", "", "relative"])
def test_home_that_cannot_be_written(temporary, monkeypatch, where):
    monkeypatch.delenv(home.CACHE)
    monkeypatch.setattr(os, "access", lambda path, mode: "temporary" in str(path))
    monkeypatch.setenv("HOME", where)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert home.cache().parent == temporary


def test_cache_that_somebody_else_could_fill_is_refused(stranger):
    cache = home.cache()
    cache.chmod(0o777)
    with pytest.raises(ToolError) as refused:
        home.cache()
    assert refused.value.rule is Rule.CACHE_UNWRITABLE and str(cache) in str(
        refused.value
    )
    cache.rmdir()
    cache.symlink_to("/")
    with pytest.raises(ToolError):
        home.cache()


def test_place_of_wheels_below_no_home(project, stranger, monkeypatch, isthmus):
    monkeypatch.setenv("PIP_FIND_LINKS", "~/wheels")
    ended = isthmus("lock")
    assert ended.code == exit_codes.BROKEN_RULE and "IS0243" in ended.err, ended


def test_directories_that_are_hard_to_name(tmp_path, monkeypatch, isthmus):
    directory = tmp_path / ODD
    (directory / "lib").mkdir(parents=True)
    (directory / "lib" / "found.py").write_text("# %s\n" % tmp_path)
    (directory / "hello.py").write_text("import found\n" + HELLO % tmp_path.name)
    (directory / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(directory / "temporary"))
    monkeypatch.setenv("MAVEN_OPTS", "-Dmaven.repo.local=%s" % maven.local_repository())
    monkeypatch.setenv("HOME", str(directory))
    monkeypatch.setenv(home.CACHE, str(directory / "cache"))
    monkeypatch.chdir(directory)
    ended = isthmus("war", "--lib", "lib", "-o", "a.war")
    assert (ended.code, ended.out, ended.err) == (0, "a.war\n", ""), ended
    ended = isthmus("doctor", "a.war")
    assert ended.code == exit_codes.DONE, ended
    assert list((directory / "temporary").iterdir()) == []


def test_application_in_a_directory_that_is_hard_to_name_is_served(tmp_path):
    directory = tmp_path / ODD
    directory.mkdir()
    (directory / "hello.py").write_text(HELLO % "served")
    with tool_process.Serving(directory, "--port=0") as serving:
        assert serving.get().body == b"served"
        assert serving.get("/isthmus/status.json").status == 200


def test_no_place_that_java_can_be_told(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "a:b"))
    monkeypatch.setattr(plain, "_USUAL", ())
    with pytest.raises(ToolError) as refused, plain.temporary("x-"):
        pass
    assert refused.value.rule is Rule.PATH_UNSPEAKABLE and "a:b" in str(refused.value)
