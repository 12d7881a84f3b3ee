"""The local Maven: where its repository is, and how it fetches jars."""

import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from isthmus_cli import home

# The pinned release of the plugin that can copy what it has resolved.
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies"
_PROJECT = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.isthmus</groupId>
  <artifactId>artifacts</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
%s  </dependencies>
</project>
"""
# The lock lists each jar, so dependencies must not be added.
_DEPENDENCY = """    <dependency>
      <groupId>{0.group}</groupId>
      <artifactId>{0.name}</artifactId>
      <version>{0.version}</version>
      <classifier>{0.classifier}</classifier>
      <exclusions>
        <exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion>
      </exclusions>
    </dependency>
"""
# Milliseconds: fail fast without a network, but be patient with a slow one.
_LIMITS = (
    "-Daether.connector.connectTimeout=10000",
    "-Daether.connector.requestTimeout=60000",
)
_DOWNLOADED = re.compile(r"Downloaded from \S+ \S*/([^/\s]+\.jar)\b")
_REFERENCE = re.compile(r"\$\{(?:env\.)?([\w.]+)\}")
# Maven reads it from 3.9 on, so its options are also passed on the command line.
_ARGS = "MAVEN_ARGS"
_OPTION = re.compile(r"-Dmaven\.repo\.local=(\S+)")
# The run is short: the JVM's second compiler took half of its CPU.
_JVM = "-XX:TieredStopAtLevel=1"


def local_repository():
    """The directory in which Maven keeps what it has fetched.

    Found like Maven does: the property in its options, settings.xml,
    ``~/.m2/repository``.
    """
    for name in (_ARGS, "MAVEN_OPTS"):
        named = _named(name)
        if named:
            return Path(named)
    own = home.directory()
    # Without a home directory, Java uses "?", which Maven would create in this
    # directory.
    usual = own / ".m2" / "repository" if own else _substitute()
    return _of_settings(own) or usual


def _substitute():
    """A repository of the tool's own, if Maven's is not writable."""
    return home.cache() / "maven"


def _named(variable):
    found = _OPTION.search(os.environ.get(variable, ""))
    return found.group(1) if found else None


def _of_settings(own):
    if own is None:
        return None
    settings = own / ".m2" / "settings.xml"
    try:
        root = ElementTree.parse(settings).getroot()
    except (OSError, ElementTree.ParseError):
        return None
    # With or without the namespace: Maven accepts both.
    named = [e.text for e in root if e.tag.rpartition("}")[2] == "localRepository"]
    if not named or not (named[0] or "").strip():
        return None
    return Path(_REFERENCE.sub(_referred, named[0].strip()))


def _referred(reference):
    name = reference.group(1)
    if name == "user.home":
        return str(home.directory() or "")
    return os.environ.get(name, "")


def fetch(artifacts, directory, advance):
    """Have Maven copy artifacts into a directory.

    :param advance: called with an artifact's size when it has been downloaded.
    :returns: the reason for a failure, for a message; empty on success.
    """
    program = shutil.which("mvn")
    if not program:
        return "no `mvn` is on the PATH to fetch them"
    with tempfile.TemporaryDirectory(prefix="isthmus-") as project:
        pom = Path(project, "pom.xml")
        wanted = "".join(_DEPENDENCY.format(artifact) for artifact in artifacts)
        pom.write_text(_PROJECT % wanted, encoding="utf-8")
        command = [program, "-B", "-f", str(pom), *_LIMITS, _COPY]
        command.append("-DoutputDirectory=%s" % directory)
        repository = local_repository()
        is_set = bool(_named(_ARGS)) or home.directory() is None
        if not home.is_writable(repository):
            repository, is_set = _substitute(), True
        if is_set:
            command.append("-Dmaven.repo.local=%s" % repository)
        why = _run(command, {a.file: a.size for a in artifacts}, advance)
        if why and not home.is_writable(repository):
            why += "; its repository '%s' cannot be written" % repository
        return why


def _run(command, sizes, advance):
    errors = []
    # What the user has set comes last, and wins.
    options = " ".join([_JVM, os.environ.get("MAVEN_OPTS", "")]).rstrip()
    with subprocess.Popen(
        command,
        env={**os.environ, "MAVEN_OPTS": options},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as running:
        for line in running.stdout:
            done = _DOWNLOADED.search(line)
            if done:
                advance(sizes.pop(done.group(1), 0))
            elif line.startswith("[ERROR]"):
                # The first may be empty, for example if the home directory is not
                # writable.
                error = line[len("[ERROR]") :].strip()
                errors += [error] if error else []
    if running.returncode == 0:
        return ""
    first = errors[0] if errors else "exit code %d" % running.returncode
    return "Maven could not fetch them (%s)" % first
