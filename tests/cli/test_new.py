"""`isthmus new` makes projects that pass their own tests, on CPython and on Jython."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from isthmus_cli import artifacts, engines, exit_codes, jdk, starting
from isthmus_cli.war import compiling
from paths import TARGET

KINDS = list(starting.KINDS)
# What the tests of these need no library for.
PLAIN = ["hello", "paste"]
NEXT = "Made %s. Next:\n  cd %s\n"


@pytest.fixture
def made(tmp_path, monkeypatch, isthmus):
    """Make a project of a kind, in the current directory."""
    monkeypatch.chdir(tmp_path)

    def making(kind, name="my-shop", *options):
        options = options or ("--engine=jython",)
        ended = isthmus("new", name, "--kind", kind, *options)
        assert (ended.code, ended.err) == (0, ""), ended
        assert ended.out.startswith(NEXT % (name, name))
        return tmp_path / name

    return making


def test_plain_is_another_name_of_hello(made):
    made("plain", "a", "--engine=cpython")
    made("hello", "b", "--engine=cpython")
    texts = [Path(name, "pyproject.toml").read_text() for name in "ab"]
    assert texts[0] == texts[1].replace('"b"', '"a"').replace('"b:', '"a:')


def test_django_is_the_release_that_the_documentation_names(made):
    made("django", "my-shop", "--engine=cpython")
    with open("my-shop/pyproject.toml", encoding="utf-8") as file:
        assert '"Django~=5.2"' in file.read()


@pytest.mark.parametrize("kind", PLAIN)
def test_plain_project_passes_its_own_test_at_once(made, kind):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "unittest"],
        cwd=made(kind),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "OK" in done.stderr, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_project_of_python_3_is_one_for_cpython(made, kind, monkeypatch):
    project = made(kind, "my-shop", "--kind", kind)
    monkeypatch.chdir(project)
    assert engines.choose(None, project).name == "cpython"
    assert ".venv/" in (project / ".gitignore").read_text()
    assert "Jython" not in (project / "README.md").read_text()
    assert (project / "src" / "my_shop" / "__init__.py").is_file()
    libraries = {"PYTHONPATH": str(TARGET / "libraries-cpython")}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        words, cwd=project, env={**os.environ, **libraries}, capture_output=True
    )
    assert done.returncode == 0 and b" passed" in done.stdout, done


@pytest.mark.parametrize("kind", KINDS)
def test_project_passes_its_own_test_on_jython(made, kind):
    jars = os.pathsep.join(map(str, artifacts.jython()))
    command = [jdk.find().java, *compiling.OPTIONS, "-cp", jars]
    done = subprocess.run(
        [*command, "org.python.util.jython", "-m", "unittest", "discover"],
        cwd=made(kind),
        env={**os.environ, "JYTHONPATH": str(TARGET / "libraries")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "\nOK" in done.stderr, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_project_becomes_a_web_application(made, isthmus, monkeypatch, kind):
    project = made(kind, "shop9")
    monkeypatch.chdir(project)
    # Without an index: what the libraries are is the lock's to say.
    settings = project / "pyproject.toml"
    text = settings.read_text()
    assert 'requirements = "requirements.txt"\n' in text
    settings.write_text(text.replace("requirements =", "lib = '.git' #"))
    (project / ".git").mkdir()
    ended = isthmus("war", "--jython=none")
    assert (ended.code, ended.out, ended.err) == (0, "shop9.war\n", "")


@pytest.mark.parametrize("kind", KINDS)
def test_no_template_is_left_unfilled(made, kind):
    for file in made(kind).rglob("*"):
        if file.is_file():
            text = file.read_text("utf-8")
            assert "${" not in text and "$name" not in text and "$module" not in text
            assert "package" not in file.name and file.suffix != ".in"


def test_module_is_named_after_the_project(made):
    assert (made("django") / "my_shop" / "settings.py").is_file()
    assert (made("django", "a-b", "--engine=cpython") / "src/a_b/urls.py").is_file()
    assert (made("paste", "my-blog") / "test_my_blog.py").is_file()


@pytest.mark.parametrize(
    "name", ["1st", "a b", "a.b", "été", "-", "class", "_x", "a/..", "."]
)
def test_odd_name_is_refused(tmp_path, monkeypatch, isthmus, name):
    here = tmp_path / "a b"
    here.mkdir()
    monkeypatch.chdir(here)
    ended = isthmus("new", "--", name)
    assert (ended.code, ended.out) == (exit_codes.BROKEN_RULE, "")
    assert ended.err.startswith("IS0217: ")
    assert list(here.iterdir()) == []


def test_keyword_and_no_name_are_reported_as_what_they_are(isthmus):
    for name, word in (("class", "keyword"), ("", "letter")):
        shown = isthmus("new", name).err
        assert shown.startswith("IS0217: ") and "'%s'" % name in shown and word in shown


@pytest.mark.parametrize(
    "kind, engine, steps",
    [
        ("hello", "jython", ["python -m unittest", "isthmus serve", "isthmus war"]),
        (
            "hello",
            "cpython",
            [
                "python3 -m venv .venv",
                ".venv/bin/pip install -e . pytest",
                ".venv/bin/python -m pytest",
                "isthmus serve",
                "isthmus war",
            ],
        ),
        (
            "flask",
            "jython",
            [
                "pip install flask",
                "python -m unittest",
                "isthmus lock",
                "isthmus serve",
                "isthmus war",
            ],
        ),
    ],
)
def test_next_steps_are_those_of_the_kind(isthmus, tmp_path, kind, engine, steps):
    place = tmp_path / "a b" / "shop9"
    words = ["new", place, "--kind", kind, "--engine", engine]
    shown = isthmus(*words).out.splitlines()
    shown = [line.partition("  # ")[0] for line in shown]
    assert shown[1:] == ["  cd '%s'" % place, *["  " + step for step in steps]]


@pytest.mark.parametrize("kind", ["django", "paste"])
def test_name_of_a_module_that_is_there_already_is_refused(isthmus, kind):
    ended = isthmus("new", "django", "--kind", kind)
    assert ended.err.startswith("IS0217: ") and "module 'django'" in ended.err


def test_directory_with_something_in_it_is_left_alone(made, tmp_path, isthmus):
    (tmp_path / "shop").mkdir()
    made("hello", "shop")
    (tmp_path / "shop" / "mine.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    assert isthmus("new", "shop").err.startswith("IS0218: ")
    (tmp_path / "file").write_text("")
    assert isthmus("new", "file").err.startswith("IS0218: ")
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "file"])


@pytest.mark.parametrize("named", [".", "../shop", "../alias"])
def test_empty_directory_that_one_stands_in_is_filled(
    tmp_path, monkeypatch, isthmus, named
):
    here = tmp_path / "shop"
    here.mkdir()
    (tmp_path / "alias").symlink_to(here)
    monkeypatch.chdir(here)
    before = here.stat().st_ino
    ended = isthmus("new", named)
    assert (ended.code, ended.err) == (0, "")
    # The name is that of the directory, not of a link.
    assert 'name = "shop"' in (here / "pyproject.toml").read_text()
    # No `cd`: one is there.
    assert ended.out.splitlines()[1] == "  python3 -m venv .venv"
    assert "shop" in ended.out
    assert here.stat().st_ino == before
    assert (here / "src").is_dir() and not list(here.glob(".isthmus-*"))
    assert isthmus("new", ".").err.startswith("IS0218: ")


def test_failure_leaves_an_empty_directory_empty(tmp_path, monkeypatch, isthmus):
    here = tmp_path / "shop"
    here.mkdir()
    monkeypatch.chdir(here)
    rename, moved = Path.rename, []

    def failing(path, target):
        moved.append(target)
        if len(moved) == 3:
            raise OSError(errno.EIO, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    ended = isthmus("new", ".")
    assert ended.err.startswith("IS0206: ") and "'.'" in ended.err
    assert "Input/output error" in ended.err
    assert list(here.iterdir()) == []
    # Two had been there.
    assert len(moved) == 5


def test_place_that_cannot_be_written_is_reported(tmp_path, isthmus):
    (tmp_path / "file").write_text("")
    ended = isthmus("new", tmp_path / "file" / "shop")
    assert ended.code == exit_codes.BROKEN_RULE
    assert ended.err.startswith("IS0206: ")
