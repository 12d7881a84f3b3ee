"""The Java that the tool runs is the one that was named, and new enough."""

import os
import shutil

import pytest

from isthmus_cli import jdk
from isthmus_cli.rules import Rule, ToolError


class Home:
    """A Java's home whose program says what it is told to."""

    def __init__(self, directory, says):
        self.directory = directory
        self.program = directory / "bin" / "java"
        self.program.parent.mkdir(parents=True)
        script = '#!/bin/sh\ntest "$*" = -version || exit 99\ncat >&2 <<"E"\n%s\nE\n'
        self.program.write_text(script % says)
        self.program.chmod(0o755)


JAVA_8 = 'openjdk version "1.8.0_402"\nOpenJDK Runtime Environment'
JAVA_17 = 'Picked up JAVA_TOOL_OPTIONS: -Dx\nopenjdk version "17.0.9" 2023-10-17'
EARLY = 'openjdk version "27-ea" 2026-09-15'


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A PATH with `cat` alone, and no JAVA_HOME."""
    directory = tmp_path / "path"
    directory.mkdir()
    (directory / "cat").symlink_to(shutil.which("cat"))
    monkeypatch.setenv("PATH", str(directory))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return directory


def _broken(minimum=jdk.ISTHMUS):
    with pytest.raises(ToolError) as broken:
        jdk.find(minimum)
    return broken.value


def test_java_home_goes_before_the_path(path, tmp_path, monkeypatch):
    home = Home(tmp_path / "jdk é 17", JAVA_17)
    os.symlink(Home(tmp_path / "8", JAVA_8).program, path / "java")
    monkeypatch.setenv("JAVA_HOME", str(home.directory))
    assert jdk.find() == (home.program, 17)


def test_path_is_looked_through_without_java_home(path, tmp_path):
    os.symlink(Home(tmp_path / "jdk", EARLY).program, path / "java")
    assert jdk.find(jdk.JETTY) == (path / "java", 27)


def test_no_java_at_all(path):
    error = _broken(17)
    assert error.rule is Rule.JDK_ABSENT
    assert "JAVA_HOME" in str(error) and "JDK 17" in str(error)


def test_java_home_without_java_is_not_passed_over(path, tmp_path, monkeypatch):
    os.symlink(Home(tmp_path / "jdk", JAVA_17).program, path / "java")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    error = _broken()
    assert error.rule is Rule.JDK_ABSENT and str(tmp_path / "nowhere") in str(error)


def test_older_java_is_named_with_its_place(path, tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(Home(tmp_path / "old", JAVA_8).directory))
    error = _broken()
    assert error.rule is Rule.JDK_WRONG
    assert "Java 8" in str(error) and str(tmp_path / "old") in str(error)


def test_what_is_no_java_is_quoted(path, tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(Home(tmp_path / "x", "teapot").directory))
    error = _broken()
    assert error.rule is Rule.JDK_WRONG and "'teapot'" in str(error)
