"""A library that uv takes from a place is never replaced by one of an index."""

import pytest

import python3_project

project, wheel = python3_project.project, python3_project.wheel

SHOP = """
[project]
name = "shop"
version = "1"
requires-python = "%s"
dependencies = ["my.one>=1"]

[tool.uv.sources]
"""
ONE = "My-One = "


def _refused(project, run, *words):
    ended = run(*words)
    assert ended.code == 3 and "IS0430" in ended.err, ended
    assert "'my.one'" in ended.err and "PIP_FIND_LINKS" in ended.err, ended
    made = {path.name for path in project.iterdir()}
    assert made <= {"app.py", "pyproject.toml"}, made
    return ended.err


@pytest.mark.parametrize(
    "said, place",
    [
        ("{path = 'libs/one'}", "libs/one"),
        ("{git = 'https://me:secret@example.org/one'}", "'https://example.org/one'"),
        ("{workspace = true}", "workspace"),
        ("[{index = 'own', marker = 'x'}, {url = 'https://example.org/1'}]", "org/1"),
    ],
)
def test_library_from_a_place_is_refused(project, isthmus, wheel, said, place):
    wheel("my_one", "99")
    (project / "pyproject.toml").write_text(SHOP % ">=3.9" + ONE + said)
    for words in (["war"], ["lock"], ["serve", "--python=3.13"]):
        assert place in _refused(project, isthmus, *words)


def test_library_from_a_place_is_refused_on_jython(project, isthmus, wheel):
    wheel("my_one", "99", "py2-none-any")
    (project / "app.py").write_text("application = None\n")
    text = SHOP % ">=2.7" + ONE + "{path = 'libs/one'}\n"
    (project / "pyproject.toml").write_text(text)
    for command in ("war", "lock"):
        _refused(project, isthmus, command, "--engine=jython")


@pytest.mark.parametrize("engine", ["cpython", "jython"])
def test_library_that_the_server_does_not_need_may_be_anywhere(
    project, isthmus, doctor, engine
):
    text = SHOP % ">=2.7" + ONE + "{path = 'libs/one'}\n"
    text = text.replace(">=1", "; sys_platform == 'win32'")
    (project / "pyproject.toml").write_text(text)
    assert isthmus("lock", "--engine", engine).code == 0
    (project / "app.py").write_text("application = None\n")
    for lock in project.glob("*lock*"):
        lock.unlink()
    assert "IS0430" not in doctor("--engine", engine)


def test_doctor_reports_it(project, doctor):
    text = SHOP % ">=3.9" + ONE + "{path = 'libs/one'}\n"
    (project / "pyproject.toml").write_text(text)
    assert "libs/one" in doctor()["IS0430"]


def test_lock_made_before_the_source_no_longer_fits(project, isthmus, wheel):
    wheel("my_one", "99")
    (project / "pyproject.toml").write_text(SHOP % ">=3.9")
    assert isthmus("lock").code == 0
    assert isthmus("war", "-o", "x.war").code == 0
    with (project / "pyproject.toml").open("a") as file:
        file.write(ONE + "{path = 'libs/one'}\n")
    refused = isthmus("war")
    assert refused.code == 3 and "IS0416" in refused.err, refused


@pytest.mark.parametrize("exclude, code", [("[]", 3), ("['proj*']", 0)])
def test_sources_of_a_workspace_are_those_of_its_members(
    project, isthmus, wheel, exclude, code
):
    wheel("my_one", "99")
    text = "[tool.uv.workspace]\nmembers = ['proj*/']\nexclude = %s\n" % exclude
    text += "[tool.uv.sources]\n%s{path = 'one'}\n" % ONE
    (project.parent / "pyproject.toml").write_text(text)
    (project / "pyproject.toml").write_text(SHOP % ">=3.9")
    ended = isthmus("lock")
    assert ended.code == code, ended
    assert ("IS0430" in ended.err) == (code == 3), ended


@pytest.mark.parametrize(
    "text",
    [
        "no TOML",
        "[tool.uv.workspace]\nmembers = ['', '/', '/a*', 1]\n",
        "[tool.uv.workspace]\nmembers = ['.', 'lib**', '**lib', 'C:/x', './']\n",
    ],
)
def test_pyproject_above_that_is_no_workspace_is_ignored(project, isthmus, wheel, text):
    wheel("my_one", "99")
    (project.parent / "pyproject.toml").write_text(text)
    (project / "pyproject.toml").write_text(SHOP % ">=3.9")
    assert isthmus("lock").code == 0


def test_library_of_an_index_is_taken(project, isthmus, wheel):
    wheel("my_one", "99")
    text = SHOP % ">=3.9" + ONE + "{index = 'own'}\ntwo = {path = 'two'}\n"
    (project / "pyproject.toml").write_text(text)
    assert isthmus("lock").code == 0
    # The place of a library that is not required changes nothing.
    (project / "pyproject.toml").write_text(text + "three = {path = 'three'}\n")
    assert isthmus("lock", "--check").code == 0
