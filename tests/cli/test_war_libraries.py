"""`isthmus war -r`: libraries of the lock, or the newest that fit, go into the WAR."""

import json
import zipfile

import pytest

from packages import Index

SOURCE = "import top\n\n\ndef application(environ, start_response):\n    pass\n"
BILL = "META-INF/sbom/application.cdx.json"


class Project:
    """An application that needs a library, and an index that has it."""

    def __init__(self, directory, isthmus, index):
        self.directory = directory
        self.index = index
        self.isthmus = isthmus
        (directory / "hello.py").write_text(SOURCE)
        self.require("top\n")
        index.wheel("top", "1.0", requires=["part"])
        index.wheel("part", "1.0")

    def require(self, text):
        (self.directory / "requirements.txt").write_text(text)

    def war(self, *options, code=0):
        war = ["war", "-r", "requirements.txt", "--jython=none", "-o", "a.war"]
        ended = self.isthmus(*war, *options)
        assert ended.code == code, ended
        return ended.err

    def entries(self):
        with zipfile.ZipFile(self.directory / "a.war") as opened:
            names = {
                n for n in opened.namelist() if n.startswith("WEB-INF/lib-python/")
            }
            components = json.loads(opened.read(BILL))["components"]
        return {n.partition("lib-python/")[2] for n in names}, {
            component["purl"] for component in components
        }


@pytest.fixture
def project(tmp_path, monkeypatch, isthmus):
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, isthmus, Index(tmp_path / "index", monkeypatch))


def test_lock_decides_what_goes_in(project, isthmus):
    assert isthmus("lock").code == 0
    project.index.wheel("top", "2.0")
    assert project.war() == ""
    names, components = project.entries()
    assert {"top.py", "top$py.class", "part.py", "top-1.0.dist-info/METADATA"} <= names
    assert {"pkg:pypi/top@1.0", "pkg:pypi/part@1.0"} < components
    # Once more without an index: the files are in the cache.
    for file in project.index.directory.iterdir():
        file.unlink()
    project.war()


def test_without_a_lock_the_newest_is_taken_and_said_so(project):
    project.index.wheel("top", "2.0")
    assert "`isthmus lock requirements.txt`" in project.war()
    assert "top-2.0.dist-info/METADATA" in project.entries()[0]
    assert not (project.directory / "isthmus.lock").exists()


def test_lock_of_other_requirements_is_refused(project, isthmus):
    isthmus("lock")
    project.require("top\npart>=2\n")
    assert project.war(code=3).startswith("IS0255: ")
    assert not (project.directory / "a.war").exists()


def test_requirements_of_the_project_are_found_without_an_option(project):
    words = ["war", "hello:application", "--jython=none", "-o", "a.war"]
    ended = project.isthmus(*words)
    assert ended.code == 0, ended
    assert "top-1.0.dist-info/METADATA" in project.entries()[0]


def test_project_of_groups_alone_has_no_libraries(project):
    (project.directory / "requirements.txt").unlink()
    text = '[dependency-groups]\ndev = ["top"]\n'
    (project.directory / "pyproject.toml").write_text(text)
    words = ["war", "hello:application", "--jython=none", "-o", "a.war"]
    ended = project.isthmus(*words)
    assert ended.code == 0, ended
    assert project.entries()[0] == set()


def test_requirements_and_a_directory_contradict_each_other(project):
    assert "--lib" in project.war("--lib", "index", code=2)


def test_command_line_takes_the_place_of_the_project(project, isthmus):
    (project.directory / "libs").mkdir()
    (project.directory / "libs" / "top.py").write_text("")
    table = '[tool.isthmus]\nrequirements = "requirements.txt"\n'
    (project.directory / "pyproject.toml").write_text(table)
    ended = isthmus("war", "--lib", "libs", "--jython=none", "-o", "a.war")
    assert ended.code == 0, ended
    assert project.entries()[0] == {"top.py", "top$py.class"}
