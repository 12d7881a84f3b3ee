"""Builds a project with Maven, against what this build made of Isthmus."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import containers
import short_lived
from isthmus_cli import maven
from paths import TARGET

ROOT = TARGET.parent
POM = "{http://maven.apache.org/POM/4.0.0}"
STARTER = "isthmus-spring-boot-starter"
LIMIT = 300


def pom(path):
    """The root of a pom.xml."""
    return ElementTree.parse(path).getroot()


def version():
    """The version of this build."""
    return pom(ROOT / "pom.xml").findtext(POM + "version")


def repository(place):
    """The local repository, and in it, as `mvn install` would, this build.

    :param place: a directory to be made.
    """
    real = maven.local_repository()
    (place / "org").mkdir(parents=True)
    for directory in (real, real / "org"):
        for entry in directory.iterdir():
            ours = place / entry.relative_to(real)
            if not ours.exists() and entry != real / "org" / "isthmus":
                ours.symlink_to(entry)
    jars = [containers.jar(namespace) for namespace in ("jakarta", "javax")]
    _install(place, "isthmus", ROOT / "pom.xml", *jars)
    starter = TARGET / ("%s-%s.jar" % (STARTER, version()))
    _install(place, STARTER, ROOT / "src" / "starter" / "pom.xml", starter)
    return place


def _install(place, artifact, model, *jars):
    installed = place / "org" / "isthmus" / artifact / version()
    installed.mkdir(parents=True)
    shutil.copy2(model, installed / ("%s-%s.pom" % (artifact, version())))
    for jar in jars:
        shutil.copy2(jar, installed / jar.name)


def copied(example, place):
    """A copy of an example, without what was built of it."""
    shutil.copytree(example, place, ignore=shutil.ignore_patterns("target"))
    return place


def build(directory, repository, *options):
    """Run Maven in a project's directory."""
    home = os.environ.get("MAVEN_HOME")
    program = os.path.join(home, "bin", "mvn") if home else "mvn"
    # What has been fetched is used, whichever mirror it came from.
    command = [program, "-q", "-B", "-Dmaven.legacyLocalRepo=true", *options]
    built = subprocess.run(
        [*command, "-Dmaven.repo.local=%s" % repository],
        cwd=directory,
        env={**os.environ, "MAVEN_OPTS": " ".join(short_lived.JAVA)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT,
    )
    assert built.returncode == 0, built.stdout.decode(errors="replace")
