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


def test_whatever_a_run_has_installed_is_replaced(project):
    # Without a RECORD of where it is: data, headers, and a library kept apart.
    data = {"one.py": b"", "one-1.0.data/data/share/one.txt": b""}
    project.index.wheel("one", files={**data, "one-1.0.data/headers/one.h": b""})
    tags = {"linux-x86_64": "manylinux_2_17_x86_64"}
    tags["macosx-arm64"] = "macosx_11_0_arm64"
    for platform, tag in tags.items():
        files = {"two.py": b"PLATFORM = '%s'\n" % platform.encode()}
        project.index.wheel("two", tag="cp313-cp313-" + tag, files=files)
    lib = project.directory / "lib-python"
    options = ["--engine=cpython", *("--platform=" + name for name in tags)]
    ended = project.lock("one\ntwo\n", *options, "--install", lib)
    assert ended.code == 0, ended.err
    assert list(lib.rglob("one.txt")) and len(list(lib.glob("*/two.py"))) == 2
    ended = project.lock("two\n", *options, "--install", lib)
    assert ended.code == 0, ended.err
    assert not list(lib.rglob("one*")) and len(list(lib.glob("*/two.py"))) == 2
    (lib / "macosx-arm64" / "mine.py").write_text("")
    ended = project.lock("two\n", *options, "--install", lib)
    assert "IS0206" in ended.err and "macosx-arm64/mine.py" in ended.err, ended


def test_link_to_a_directory_is_left_as_it_is(project):
    project.index.wheel("one")
    real, lib = project.directory / "real", project.directory / "lib-python"
    real.mkdir()
    lib.symlink_to(real)
    ended = project.lock("one\n", "--install", lib)
    assert ended.code == 3 and ended.err.startswith("IS0206: "), ended
    assert "symbolic link" in ended.err and lib.is_symlink(), ended


def test_lock_of_any_name_is_installed(project):
    project.index.wheel("one")
    lib = project.directory / "lib-python"
    options = ["--engine=cpython", "-o", project.directory / "pylock.prod.toml"]
    ended = project.lock("one\n", *options, "--install", lib)
    assert ended.code == 0, ended.err
    assert _modules(lib) == ["one.py"]


def test_check_installs_nothing(project):
    ended = project.lock("one\n", "--check", "--install", "lib")
    assert ended.code == 2
    assert "--check" in ended.err and "--install" in ended.err
