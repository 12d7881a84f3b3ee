"""The cache is filled from the local Maven repository, else by Maven, and checked."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from isthmus_cli import artifacts, bundled, home, maven
from isthmus_cli.rules import Rule, ToolError

# Copies from a "network" what the project asks for, and fails for anything else.
MAVEN = """#!{python}
import re, shutil, sys
pom = open(sys.argv[sys.argv.index("-f") + 1]).read()
(out,) = [a.split("=", 1)[1] for a in sys.argv if a.startswith("-DoutputDirectory=")]
assert maven_goal in sys.argv, sys.argv
assert "-Dmaven.repo.local={repository}" in sys.argv, sys.argv
pom = re.sub("\\\\s", "", pom).partition("<dependencies>")[2]
for name, version in re.findall("<artifactId>(.+?)<.artifactId><version>(.+?)<", pom):
    file = "%s-%s.jar" % (name, version)
    shutil.copy("{network}/" + file, out)
    print("Downloaded from some-mirror: https://host/path/%s (1 kB)" % file)
"""
FAILS = "#!/bin/sh\necho '[INFO] x'; echo '[ERROR] Unknown host'; exit 1\n"


class Place:
    """Two jars in the lock, and the places that they may come from."""

    def __init__(self, directory, monkeypatch):
        self.directory = directory
        self.names = ("one", "two")
        self.jars = {n: b"the jar %s\n" % n.encode() for n in self.names}
        (directory / "artifacts.json").write_text(json.dumps(self._lock()))
        monkeypatch.setattr(bundled, "DIRECTORY", directory)
        self.cache = directory / "cache é"
        monkeypatch.setenv("ISTHMUS_CACHE", str(self.cache))
        self.repository = directory / "repository"
        monkeypatch.setenv("MAVEN_ARGS", "-Dmaven.repo.local=%s" % self.repository)
        self.path = directory / "path"
        self.path.mkdir()
        monkeypatch.setenv("PATH", str(self.path))

    def _lock(self):
        jars = [self._entry(name, content) for name, content in self.jars.items()]
        return {"version": "1", "sets": {"jython": jars}}

    @staticmethod
    def _entry(name, content):
        digest = hashlib.sha256(content).hexdigest()
        wanted = {"group": "org.x", "name": name, "version": "1.0", "classifier": ""}
        return {**wanted, "size": len(content), "sha256": digest}

    def have(self, repository, name, content=None):
        """Put a jar where a Maven repository has it."""
        file = repository / "org" / "x" / name / "1.0" / (name + "-1.0.jar")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content or self.jars[name])
        return file

    def maven(self, network=None, script=None):
        """Install a Maven that has these jars on its network."""
        directory = self.directory / "network"
        directory.mkdir()
        for name, content in (network or {}).items():
            (directory / (name + "-1.0.jar")).write_bytes(content)
        text = MAVEN.replace("maven_goal", repr(maven._COPY))
        text = text.format(
            python=sys.executable, network=directory, repository=self.repository
        )
        (self.path / "mvn").write_text(script or text)
        (self.path / "mvn").chmod(0o755)

    def refused(self):
        with pytest.raises(ToolError) as refused:
            artifacts.jython()
        return refused.value

    def assert_whole(self):
        found = {path.stem[:-4]: path.read_bytes() for path in artifacts.jython()}
        assert found == self.jars
        kept = [path.name for path in self.cache.rglob("*") if path.is_file()]
        assert sorted(kept) == ["one-1.0.jar", "two-1.0.jar"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    return Place(tmp_path, monkeypatch)


def test_local_repository_fills_the_cache_and_is_not_needed_again(place):
    for name in place.names:
        place.have(place.repository, name)
    place.assert_whole()
    place.repository.rename(place.directory / "gone")
    place.assert_whole()


def test_maven_fetches_what_the_local_repository_has_not(place):
    place.have(place.repository, "one")
    place.maven({"two": place.jars["two"]})
    place.assert_whole()


def test_maven_fetches_what_is_damaged_in_the_local_repository(place):
    place.have(place.repository, "one")
    place.have(place.repository, "two", b"damaged")
    place.maven({"two": place.jars["two"]})
    place.assert_whole()


@pytest.mark.parametrize("damage", [b"the jar onE\n", b"", b"the jar one\n\0"])
def test_damaged_jar_in_the_cache_is_replaced(place, damage):
    for name in place.names:
        place.have(place.repository, name)
    place.have(place.cache / "artifacts", "one", damage or b"?")
    place.assert_whole()


def test_another_jar_under_the_name_is_refused_and_not_kept(place):
    place.have(place.repository, "one")
    place.maven({"two": b"another"})
    error = place.refused()
    assert error.rule is Rule.ARTIFACT_DAMAGED
    assert hashlib.sha256(b"another").hexdigest() in str(error)
    assert [p.name for p in place.cache.rglob("*.jar")] == ["one-1.0.jar"]


def test_without_maven_the_message_tells_both_ways(place):
    place.have(place.repository, "one")
    error = place.refused()
    assert error.rule is Rule.ARTIFACT_ABSENT
    for wanted in (
        "1 of the 2 jars",
        str(place.cache),
        str(place.repository),
        "org.x:two:1.0",
    ):
        assert wanted in str(error)
    assert "`mvn`" in str(error) and "PATH" in str(error)


def test_damaged_jar_that_nothing_replaces_is_reported(
    place, isthmus, monkeypatch, tmp_path
):
    # Where there is no project, and so none of CPython's.
    monkeypatch.chdir(tmp_path)
    place.have(place.repository, "one")
    damaged = place.have(place.cache / "artifacts", "two", b"damaged")
    for output in (str(place.refused()), isthmus("doctor").out):
        assert "org.x:two:1.0" in output and "'%s'" % damaged in output
        assert "damaged" in output
    place.maven()
    assert "Jython: 1 of 2 " in isthmus("doctor").out
    place.have(place.repository, "two")
    (place.path / "mvn").unlink()
    output = isthmus("doctor").out
    assert "Jython: 2 of 2 " in output and "Maven: none" in output


def test_without_a_network_the_message_has_mavens_own(place):
    place.maven(script=FAILS)
    error = place.refused()
    assert error.rule is Rule.ARTIFACT_ABSENT
    assert "Maven" in str(error) and "(Unknown host)" in str(error)


def test_cache_that_cannot_be_written(place):
    place.have(place.repository, "one")
    place.cache.write_text("a file")
    error = place.refused()
    assert error.rule is Rule.CACHE_UNWRITABLE and str(place.cache) in str(error)


def test_processes_may_fill_the_cache_at_once(place):
    for name in place.names:
        place.jars[name] = os.urandom(1 << 20)
        place.have(place.repository, name)
    (place.directory / "artifacts.json").write_text(json.dumps(place._lock()))
    program = (
        "from pathlib import Path\nfrom isthmus_cli import artifacts, bundled\n"
        "bundled.DIRECTORY = Path(%r)\nartifacts.jython()\n" % str(place.directory)
    )
    python = Path(artifacts.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(python)}
    command = [sys.executable, "-c", program]
    running = [subprocess.Popen(command, env=environment) for _ in range(4)]
    assert [process.wait(60) for process in running] == [0] * 4
    place.assert_whole()


def test_settings_of_maven_name_the_local_repository(tmp_path, monkeypatch):
    for name in ("MAVEN_ARGS", "MAVEN_OPTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("STORE", "/store")
    assert maven.local_repository() == tmp_path / ".m2" / "repository"
    (tmp_path / ".m2").mkdir()
    settings = "<settings%s><localRepository>%s</localRepository></settings>"
    namespace = ' xmlns="http://maven.apache.org/SETTINGS/1.2.0"'
    written = tmp_path / ".m2" / "settings.xml"
    written.write_text(settings % (namespace, "${env.STORE}/m2"))
    assert maven.local_repository() == Path("/store/m2")
    written.write_text(settings % ("", "${user.home}/jars"))
    assert maven.local_repository() == tmp_path / "jars"
    written.write_text("<settings")
    assert maven.local_repository() == tmp_path / ".m2" / "repository"


FAILING = """#!/bin/sh
echo "$@" > "${0%/*}/asked"
echo '[ERROR] '
echo '[ERROR] Could not create local repository'
exit 1
"""


def test_repository_that_cannot_be_written_is_not_asked_of_maven(place, monkeypatch):
    monkeypatch.setenv("MAVEN_ARGS", "-Dmaven.repo.local=/dev/null/m2")
    place.maven(script=FAILING)
    output = str(place.refused())
    assert "(Could not create local repository)" in output
    asked = (place.path / "asked").read_text()
    assert "-Dmaven.repo.local=%s" % (place.cache / "maven") in asked
    # Nor can that: so it is named.
    monkeypatch.setattr(home, "is_writable", lambda path: False)
    output = str(place.refused())
    assert "'%s' cannot be written" % (place.cache / "maven") in output


def test_options_of_the_user_come_last_for_the_jvm_of_maven(place, monkeypatch):
    monkeypatch.setenv("MAVEN_OPTS", "-Xmx1g -XX:TieredStopAtLevel=4")
    place.maven(script='#!/bin/sh\necho "[ERROR] $MAVEN_OPTS"\nexit 1\n')
    output = str(place.refused())
    options = "-XX:TieredStopAtLevel=1 -Xmx1g -XX:TieredStopAtLevel=4"
    assert "(%s)" % options in output
