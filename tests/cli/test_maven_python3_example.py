"""The Python 3 example for Maven makes, without Python, what `isthmus war` makes.

Bytecode is compared by its header alone, which has the digest of the source: its octets
depend on what else the compiling process had in memory.
"""

import io
import re
import zipfile

import maven_projects
import packages
from isthmus_cli import bundled
from isthmus_cli.cpython import pip, releases, system_libraries

POM = maven_projects.POM
EXAMPLE = maven_projects.ROOT / "examples" / "maven-python3"
# PEP 552.
HEADER = 16
ARCHIVE = "WEB-INF/cpython/%s.zip" % releases.here()


def _contents(archive):
    return {name: _read(archive, name) for name in archive.namelist()}


def _read(archive, name):
    octets = archive.read(name)
    return octets[:HEADER] if name.endswith(".pyc") else octets


def _files(war):
    """{name: octets} below WEB-INF, and of the CPython in it."""
    with zipfile.ZipFile(war) as opened:
        found = _contents(opened)
    within = [n for n in found if n.startswith("WEB-INF/") and not n.endswith("/")]
    found = {name: found[name] for name in within}
    with zipfile.ZipFile(io.BytesIO(found.pop(ARCHIVE))) as python:
        return found, _contents(python)


def test_example_names_the_version_of_this_build():
    properties = maven_projects.pom(EXAMPLE / "pom.xml").find(POM + "properties")
    assert properties.findtext(POM + "isthmus.version") == bundled.version()
    named = properties.findtext(POM + "cpython.version")
    assert named == releases.find("3.13.0").artifact("linux-x86_64").version


def test_example_has_the_wheels_of_the_tool():
    lines = (EXAMPLE / "system-libraries.txt").read_text().replace("\\\n", "")
    for source in system_libraries.SOURCES:
        named = "%s==%s " % (source.name, source.version)
        (line,) = [line for line in lines.splitlines() if line.startswith(named)]
        digests = {digest for _, digest in source.digests.values()}
        assert set(re.findall("--hash=sha256:([0-9a-f]+)", line)) == digests


def test_maven_and_the_tool_make_the_same(tmp_path, isthmus, monkeypatch, packed):
    repository = maven_projects.repository(tmp_path / "repository")
    project = maven_projects.copied(EXAMPLE, tmp_path / "project")
    index = packages.Index(tmp_path / "index", monkeypatch)
    places = [index.directory.as_uri()]
    for wheel in system_libraries.wheels(releases.find(), releases.here()):
        places.append(pip.kept(wheel).parent.as_uri())
    monkeypatch.setenv("PIP_FIND_LINKS", " ".join(places))
    script = {"bottle-0.13.4.data/scripts/bottle.py": b"#!python\n"}
    wheel = index.wheel("bottle", "0.13.4", files={"bottle.py": b"x = 1\n", **script})
    line = "bottle==0.13.4 --hash=sha256:%s\n" % packages.sha256(wheel)
    (project / "requirements.txt").write_text(line)
    platform = "-Dplatform=" + releases.here()
    maven_projects.build(project, repository, platform, "package")
    monkeypatch.chdir(project / "src/main/webapp/WEB-INF/app")
    options = ["--web-xml", "../web.xml", "-o", tmp_path / "tool.war"]
    options += ["-r", project / "requirements.txt"]
    ended = isthmus("war", "greeter:application", *options)
    assert ended.code == 0, ended.err
    wars = project / "target" / "greeter.war", tmp_path / "tool.war"
    by_maven, by_tool = map(_files, wars)
    for made, expected in zip(by_maven, by_tool):
        assert sorted(made) == sorted(expected)
        assert [name for name in made if made[name] != expected[name]] == []
