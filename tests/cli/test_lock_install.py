"""`isthmus lock --install`: lib-python of a program that embeds its container."""

import pytest

from lock_project import Project
from packages import Index


@pytest.fixture
def project(tmp_path, isthmus, monkeypatch):
    directory = tmp_path / "projét"
    directory.mkdir()
    monkeypatch.chdir(directory)
    return Project(directory, isthmus, Index(directory / "index", monkeypatch))


def _modules(directory):
    return sorted(path.name for path in directory.glob("*.py"))


@pytest.mark.parametrize("engine", ["jython", "cpython"])
def test_locked_libraries_replace_those_of_the_run_before(project, engine):
    project.index.wheel("one", requires=["two"])
    project.index.wheel("two")
    lib = project.directory / "src" / "main" / "lib-python"
    options = ("--engine", engine, "--install", lib)
    ended = project.lock("one\n", *options)
    assert ended.code == 0, ended.err
    assert _modules(lib) == ["one.py", "two.py"]
    # What Python has compiled since then.
    (lib / "__pycache__").mkdir()
    (lib / "__pycache__" / "one.cpython-311.pyc").write_bytes(b"")
    ended = project.lock("two\n", *options)
    assert ended.code == 0, ended.err
    assert _modules(lib) == ["two.py"]
    assert [path.name for path in lib.parent.iterdir()] == [lib.name]


def test_file_that_no_library_lists_is_not_deleted(project):
    project.index.wheel("one")
    lib = project.directory / "lib-python"
    lib.mkdir()
    (lib / "mine.py").write_text("")
    ended = project.lock("one\n", "--install", lib)
    assert ended.code == 3
    assert ended.err.startswith("IS0206: ") and "mine.py" in ended.err
    assert _modules(lib) == ["mine.py"]


def test_check_installs_nothing(project):
    ended = project.lock("one\n", "--check", "--install", "lib")
    assert ended.code == 2
    assert "--check" in ended.err and "--install" in ended.err
