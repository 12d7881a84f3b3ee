"""What has to be there before a server starts: jars, containers, classes, packages."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path

from bench.workloads import HUNDRED_MB

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
TARGET = ROOT / "target"
WORK = TARGET / "bench"

MAVEN_NAMES = {
    "tomcat9": ("org.apache.tomcat:tomcat", "tomcat9.version", "tomcat"),
    "tomcat11": ("org.apache.tomcat:tomcat", "tomcat11.version", "tomcat"),
    "jetty": ("org.eclipse.jetty:jetty-home", "jetty.version", "jetty-home"),
}


def run(*command, **options) -> None:
    """Run a tool quietly; show what it said if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    if done.returncode:
        raise SystemExit(f"bench: {' '.join(words)}\n{done.stdout[-6000:]}")


def say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"bench: {name} is not on PATH; install it (Debian has it)")
    return found


@cache
def java_home() -> Path:
    """JAVA_HOME, else the JDK of the `javac` on PATH."""
    named = os.environ.get("JAVA_HOME")
    return Path(named) if named else Path(tool("javac")).resolve().parent.parent


@cache
def pom_property(name: str) -> str:
    space = "{http://maven.apache.org/POM/4.0.0}"
    tree = ElementTree.parse(ROOT / "pom.xml")
    text = tree.findtext(f"{space}properties/{space}{name}")
    if text is None:
        raise SystemExit(f"bench: pom.xml has no property {name}")
    return text


@cache
def isthmus_jar(namespace: str) -> Path:
    """The newest packaged jar for javax or jakarta; Maven is called if it is absent."""
    version = re.compile(r"isthmus-\d[\w.]*(-javax)?\.jar")

    def found():
        for jar in sorted(TARGET.glob("isthmus-*.jar")):
            if version.fullmatch(jar.name):
                if jar.name.endswith("-javax.jar") == (namespace == "javax"):
                    return jar
        return None

    if not found() or not any(jython_jars()) or is_stale(found()):
        say("mvn package")
        run(tool("mvn"), "-q", "-DskipTests", "package", cwd=ROOT)
    jar = found()
    if not jar:
        raise SystemExit(f"bench: mvn package left no {namespace} jar in {TARGET}")
    return jar


def is_stale(jar: Path) -> bool:
    """A source is newer than the jar: what is measured is what is in the tree."""
    found = (ROOT / "src" / "main").rglob("*")
    sources = [p for p in found if p.is_file() and "__pycache__" not in p.parts]
    newest = max(path.stat().st_mtime for path in [ROOT / "pom.xml", *sources])
    return newest > jar.stat().st_mtime


def copied(name: str) -> Path:
    """The folder of jars that the execution of this name in pom.xml copies."""
    folder = TARGET / name
    if not folder.is_dir():
        run(tool("mvn"), "-q", f"dependency:copy@{name}", cwd=ROOT)
    return folder


def jython_jars() -> list[Path]:
    return sorted((TARGET / "jython").glob("*.jar"))


def container_home(container: str) -> Path:
    """The container's unpacked distribution, from the local or a remote repository."""
    coordinates, version_property, prefix = MAVEN_NAMES[container]
    version = pom_property(version_property)
    home = WORK / "containers" / f"{prefix}-{version}"
    if not home.is_dir():
        archive = WORK / "dist" / f"{prefix}-{version}.tar.gz"
        say(f"unpacking {archive.name}")
        if not archive.is_file():
            run(
                tool("mvn"), "-q", "dependency:copy",
                f"-Dartifact={coordinates}:{version}:tar.gz",
                f"-DoutputDirectory={archive.parent}",
                cwd=ROOT,
            )  # fmt: skip
        unpack(archive, home)
    return home


def unpack(archive: Path, into: Path) -> None:
    """Unpack an archive with one top folder; `into` appears whole or not at all."""
    partial = into.with_name(into.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    with tarfile.open(archive) as tar:
        if hasattr(tarfile, "data_filter"):
            tar.extraction_filter = tarfile.data_filter
        tar.extractall(partial)
    (top,) = partial.iterdir()
    into.parent.mkdir(parents=True, exist_ok=True)
    top.rename(into)
    partial.rmdir()


@cache
def servlet_classes(namespace: str) -> Path:
    """The plain servlets compiled for javax or, the import changed, for jakarta."""
    home = container_home("tomcat9" if namespace == "javax" else "tomcat11")
    sources = WORK / "sources" / namespace
    classes = WORK / "classes" / namespace
    shutil.rmtree(sources, ignore_errors=True)
    shutil.rmtree(classes, ignore_errors=True)
    sources.mkdir(parents=True)
    for source in (BENCH / "servlets").glob("*.java"):
        text = source.read_text(encoding="utf-8")
        text = text.replace("javax.servlet", f"{namespace}.servlet")
        (sources / source.name).write_text(text, encoding="utf-8")
    run(
        java_home() / "bin" / "javac", "--release", "17", "-Xlint:all", "-Werror",
        "-cp", home / "lib" / "servlet-api.jar", "-d", classes,
        *sorted(sources.iterdir()),
    )  # fmt: skip
    return classes


def data_file() -> Path:
    """100 MiB that do not compress to nothing, the same in every run."""
    path = WORK / "data" / "data.bin"
    if not path.is_file() or path.stat().st_size != HUNDRED_MB:
        path.parent.mkdir(parents=True, exist_ok=True)
        block = b"".join(hashlib.sha512(bytes([n])).digest() for n in range(256)) * 64
        with path.open("wb") as out:
            for _ in range(HUNDRED_MB // len(block)):
                out.write(block)
    return path


def link(source: Path, target: Path) -> None:
    """A hard link where possible: containers refuse symbolic ones, copies are large."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def copy_apps(into: Path) -> None:
    """The applications' sources; bytecode of an earlier run stays behind."""
    ignore = shutil.ignore_patterns("__pycache__", "*.class", "*.pyc")
    shutil.copytree(BENCH / "apps", into, ignore=ignore)
