"""Builds a web application, as a directory or an archive, from a description."""

import functools
import os
import pathlib
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

import engines
import short_lived
import where
from paths import HERE, scratch
from webxml import WebXml

JAVA = HERE / "java"
READY = "/ready.txt"
READY_TEXT = b"this web application is up\n"


class Parts(NamedTuple):
    """What a WAR for one container is made of."""

    namespace: str
    isthmus: pathlib.Path
    jython: pathlib.Path
    servlet_api: pathlib.Path
    javac: str
    engine: engines.Engine = engines.KINDS[where.JYTHON]


class Operator(NamedTuple):
    """Files of the container that say more about one WAR.

    tomcat  elements for conf/Catalina/localhost/<name>.xml
    jetty   elements for webapps/<name>.xml
    etc     {name: text} of files in Jetty's base directory etc
    """

    tomcat: str
    jetty: str
    etc: dict


@dataclass
class War:
    """One web application.

    path     the context path: "/name", "/nested/name", or "" for the root
    web_xml  a WebXml, or its text
    files    {path in the WAR: bytes, text, the path of a file or directory, or a
             function that makes one of these of the Parts}
    java     names of sources in tests/functional/java to compile into the WAR
    layout   exploded (a directory), unpacked (an archive that the container unpacks)
             or packed (an archive that stays one)
    operator what the operator of the container writes, outside of the WAR
    jython   where Jython's jars go: WEB-INF/jython or WEB-INF/lib; None leaves out
             Jython and Isthmus
    jars     which of Jython's jars: a glob pattern, or None
    writable False: an exploded directory in which no file can be made or deleted
    probe    the path below the context that answers when the WAR is up: a file of every
             WAR; where the application takes every path, any other one (not 404, not
             5xx); None: the WAR is meant to fail, nobody waits for it
    edited   {path in the WAR} of what tests change there while it is deployed
    containers  deployed on these only, for tests with this WAR as their `war`; on all
             that the module runs on if there are none
    engines  likewise
    matrix   on these containers, scripts/matrix alone deploys it
    """

    path: str
    web_xml: object = field(default_factory=WebXml)
    files: dict = field(default_factory=dict)
    java: list = field(default_factory=list)
    layout: str = "exploded"
    operator: object = None
    jython: object = "WEB-INF/jython"
    jars: object = "*.jar"
    writable: bool = True
    probe: object = READY
    edited: set = field(default_factory=set)
    containers: tuple = ()
    engines: tuple = ()
    matrix: tuple = ()

    def runs_on(self, container, engine, in_matrix):
        is_there = all(
            not names or name in names
            for name, names in ((container, self.containers), (engine, self.engines))
        )
        return is_there and (in_matrix or container not in self.matrix)

    def answered(self, response):
        """Whether this is the answer to the probe of a WAR that is up."""
        if self.probe == READY:
            # Not any answer: the root context could have taken the request.
            return response.body == READY_TEXT
        return response.status != 404 and response.status < 500

    def write_directory(self, directory, parts):
        for name, content in self.entries(parts):
            target = directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, pathlib.Path):
                link(content, target)
            else:
                target.write_bytes(content)
        if not self.writable:
            for inner, _, names in os.walk(directory):
                os.chmod(inner, 0o555)
                # Jars are links to the files of other WARs.
                for name in names:
                    if not name.endswith(".jar"):
                        os.chmod(os.path.join(inner, name), 0o444)

    def write_archive(self, archive, parts):
        archive.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(archive, "w") as war:
            for name, content in self.entries(parts):
                # Jars are compressed already; stored, they cost no time.
                stored = name.endswith(".jar")
                method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                if isinstance(content, pathlib.Path):
                    war.write(content, name, method)
                else:
                    war.writestr(name, content, method)

    def entries(self, parts):
        """(path in the WAR, bytes or file) of everything in it."""
        yield READY[1:], READY_TEXT
        text = self.web_xml
        if isinstance(text, WebXml):
            text = text.text(dict(parts.engine.settings))
        yield "WEB-INF/web.xml", text.encode()
        if self.jython:
            yield "WEB-INF/lib/" + parts.isthmus.name, parts.isthmus
        if self.jython and self.jars and parts.engine.has_java:
            for jar in sorted(parts.jython.glob(self.jars)):
                yield self.jython + "/" + jar.name, jar
        if self.java:
            classes = compiled(tuple(self.java), parts)
            yield from tree("WEB-INF/classes", classes)
        for name, content in self.files.items():
            if callable(content):
                content = content(parts)
            if isinstance(content, pathlib.Path):
                yield from tree(name, content)
            else:
                yield name, content.encode() if isinstance(content, str) else content


def tree(name, path):
    """(path in the WAR, file) of a file, or of all below a directory."""
    if path.is_file():
        yield name, path
        return
    within = name + "/" if name else ""
    for file in sorted(path.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield within + file.relative_to(path).as_posix(), file


def link(source, target):
    # Fifty megabytes of Jython per WAR: a hard link where the file system has them.
    # Python sources are copied, so that nothing written beside or into them returns.
    if source.suffix != ".jar":
        shutil.copy2(source, target)
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@functools.cache
def precompiled(directory, parts):
    """A copy of this directory with $py.class files, made by Isthmus's own tool."""
    copy = scratch("precompiled-")
    shutil.copytree(directory, copy, dirs_exist_ok=True)
    jars = [parts.isthmus, *parts.jython.glob("*.jar")]
    java = [pathlib.Path(parts.javac).with_name("java"), *short_lived.JAVA]
    path = ["-Dpython.cachedir.skip=true", "-cp", os.pathsep.join(map(str, jars))]
    tool = ["org.python.util.jython", "-m", "isthmus.precompile", copy]
    done = subprocess.run([*java, *path, *tool], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return copy


@functools.cache
def compiled(names, parts):
    """A directory of classes from these sources, written for jakarta.servlet."""
    directory = scratch("classes-")
    sources = []
    for name in names:
        text = (JAVA / name).read_text()
        source = directory / "src" / name
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text.replace("jakarta.servlet", parts.namespace + ".servlet"))
        sources.append(str(source))
    out = directory / "classes"
    library = parts.servlet_api.parent
    path = [parts.servlet_api, *library.glob("websocket*-api.jar")]
    path += library.glob("ee10-websocket/jakarta.websocket-*api-*.jar")
    path = os.pathsep.join(map(str, path))
    options = ["--release", "11", "-cp", path, "-d", str(out)]
    subprocess.run([parts.javac, *short_lived.TOOL, *options, *sources], check=True)
    return out
