"""The example for Maven makes, without Python, the WAR that `isthmus war` makes."""

import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest

import maven_projects
from isthmus_cli import bundled

EXAMPLE = maven_projects.ROOT / "examples" / "maven"
PROPERTIES = "{http://maven.apache.org/POM/4.0.0}properties"
# What the pom has for its goal prepare-package, without the rest.
COPY = "dependency:copy-dependencies@isthmus"


@pytest.fixture
def repository(tmp_path):
    return maven_projects.repository(tmp_path / "repository")


def _maven(directory, repository, *options):
    maven_projects.build(directory, repository, "-o", *options)


def _files(war):
    with zipfile.ZipFile(war) as opened:
        names = [name for name in opened.namelist() if name.startswith("WEB-INF/")]
        return {name: opened.read(name) for name in names if not name.endswith("/")}


@pytest.fixture
def project(tmp_path):
    return maven_projects.copied(EXAMPLE, tmp_path / "project")


def test_maven_and_the_tool_make_the_same(
    tmp_path, project, repository, isthmus, monkeypatch
):
    _maven(project, repository, "package")
    monkeypatch.chdir(project / "src/main/webapp/WEB-INF/app")
    options = ["--web-xml", "../web.xml", "-o", tmp_path / "tool.war"]
    ended = isthmus("war", "greeter:application", *options)
    assert ended.code == 0, ended.err
    made = _files(project / "target" / "greeter.war")
    assert sorted(made) == sorted(_files(tmp_path / "tool.war"))
    assert made == _files(tmp_path / "tool.war")


def test_classifier_chooses_the_jar_of_the_older_namespace(project, repository):
    _maven(project, repository, "-Disthmus.classifier=javax", COPY)
    copied = [jar.name for jar in (project / "target/webapp/WEB-INF/lib").iterdir()]
    assert copied == [bundled.jar("javax").name]


def test_example_names_the_version_of_this_build():
    pom = ElementTree.parse(Path(EXAMPLE, "pom.xml")).getroot()
    named = [e.text for e in pom.find(PROPERTIES) if e.tag.endswith("isthmus.version")]
    assert named == [bundled.version()]
