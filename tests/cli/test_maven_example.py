"""The example for Maven makes, without Python, the WAR that `isthmus war` makes."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest

from isthmus_cli import bundled, maven
from paths import TARGET

ROOT = TARGET.parent
EXAMPLE = ROOT / "examples" / "maven"
PROPERTIES = "{http://maven.apache.org/POM/4.0.0}properties"
# What the pom has for its goal prepare-package, without the rest.
COPY = "dependency:copy-dependencies@isthmus"
LIMIT = 300


@pytest.fixture
def repository(tmp_path):
    """The local repository, and in it, as `mvn install` would, this build."""
    real, ours = maven.local_repository(), tmp_path / "repository"
    (ours / "org").mkdir(parents=True)
    for directory in (real, real / "org"):
        for entry in directory.iterdir():
            place = ours / entry.relative_to(real)
            if not place.exists() and entry != real / "org" / "isthmus":
                place.symlink_to(entry)
    version = bundled.version()
    installed = ours / "org" / "isthmus" / "isthmus" / version
    installed.mkdir(parents=True)
    shutil.copy2(ROOT / "pom.xml", installed / ("isthmus-%s.pom" % version))
    for jar in (bundled.jar(), bundled.jar("javax")):
        shutil.copy2(jar, installed / jar.name)
    return ours


def _maven(directory, repository, *options):
    home = os.environ.get("MAVEN_HOME")
    program = os.path.join(home, "bin", "mvn") if home else "mvn"
    # What has been fetched is used, whichever mirror it came from.
    command = [program, "-q", "-B", "-o", "-Dmaven.legacyLocalRepo=true", *options]
    built = subprocess.run(
        [*command, "-Dmaven.repo.local=%s" % repository],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT,
    )
    assert built.returncode == 0, built.stdout.decode(errors="replace")


def _files(war):
    with zipfile.ZipFile(war) as opened:
        names = [name for name in opened.namelist() if name.startswith("WEB-INF/")]
        return {name: opened.read(name) for name in names if not name.endswith("/")}


@pytest.fixture
def project(tmp_path):
    """A copy of the example."""
    copy = tmp_path / "project"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("target"))
    return copy


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
