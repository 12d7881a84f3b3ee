"""The default name of a WAR is the project's."""

import pytest

APP = "def application(environ, start_response):\n    return []\n"


@pytest.fixture
def named(tmp_path, monkeypatch, isthmus):
    """The name of the WAR that `isthmus war` writes for these files."""
    place = tmp_path / "shop"
    place.mkdir()
    monkeypatch.chdir(place)

    def of(files, *words):
        for name, text in files.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        ended = isthmus("war", "--engine=jython", *words)
        assert ended.code == 0, ended
        return ended.out.strip()

    return of


POETRY = '[tool.poetry]\nname = "poe"\nversion = "1"\n'
PROJECT = '[project]\nname = "pro"\nversion = "1"\n'


@pytest.mark.parametrize(
    "files, expected",
    [
        ({"src/pk/__init__.py": APP}, "shop.war"),
        ({"pk/__init__.py": APP}, "shop.war"),
        ({"app.py": APP, "pyproject.toml": '[tool.poetry]\nname = ""\n'}, "shop.war"),
        ({"src/poe/__init__.py": APP, "pyproject.toml": POETRY}, "poe.war"),
        ({"src/a/__init__.py": APP, "pyproject.toml": PROJECT + POETRY}, "pro.war"),
    ],
)
def test_name_is_that_of_the_project_or_its_directory(named, files, expected):
    assert named(files) == expected


@pytest.mark.parametrize(
    "word, file",
    [("inner", "inner/src/pk/__init__.py"), ("inner/hello.py", "inner/hello.py")],
)
def test_name_is_that_of_another_directory_that_has_the_application(named, word, file):
    assert named({file: APP}, word) == "inner.war"


@pytest.mark.parametrize("table", ["project", "tool.poetry"])
@pytest.mark.parametrize("name", ["../evil", "a/b", "a\\b"])
def test_name_that_is_a_path_is_refused(tmp_path, monkeypatch, isthmus, table, name):
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    (project / "app.py").write_text("application = None\n")
    text = "[%s]\nname = '%s'\nversion = '1'\n" % (table, name)
    (project / "pyproject.toml").write_text(text)
    refused = isthmus("war", "--jython=none")
    assert refused.code == 3 and "IS0217" in refused.err, refused
    assert "'%s'" % name in refused.err, refused
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    assert isthmus("war", "--jython=none", "-o", project).code == 3
    named = isthmus("war", "--jython=none", "-o", "x.war")
    assert named.code == 0, named
