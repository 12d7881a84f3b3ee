"""Builds and runs programs that embed a container, with Isthmus on their class path."""

import functools
import os
import shutil
import subprocess
from typing import NamedTuple

import client
import containers
import short_lived
from containers import jdks
from paths import TARGET

HERE = TARGET.parent / "tests" / "embedded"
# Modules may run at once, in processes of pytest-xdist, and build the same programs.
BUILT = TARGET / "embedded" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
COMMON = ("Contexts", "Program")
# Where Spring Boot 4 has what the sources name as in 3.
SPRING_4 = {
    "boot.web.embedded.tomcat.": "boot.tomcat.servlet.",
    "boot.web.servlet.context.": "boot.web.server.servlet.context.",
    "boot.web.servlet.server.": "boot.web.server.servlet.",
}
STOP_LIMIT = 60.0


class Kind(NamedTuple):
    """One program: its class, its namespace, and where its container's jars are."""

    main: str
    namespace: str
    home: str
    jars: tuple
    ee: str = ""


KINDS = {
    "tomcat9": Kind(
        "TomcatProgram", "javax", "tomcat9", ("lib/*.jar", "bin/tomcat-juli.jar")
    ),
    "tomcat11": Kind(
        "TomcatProgram", "jakarta", "tomcat11", ("lib/*.jar", "bin/tomcat-juli.jar")
    ),
    "jetty-ee8": Kind(
        "JettyProgram",
        "javax",
        "jetty-ee8",
        (
            "lib/jetty-ee8-[ns]*.jar",
            "lib/jetty-servlet-api-4.*.jar",
            "lib/jetty-[hiu]*.jar",
            "lib/jetty-se*.jar",
            "lib/logging/*.jar",
        ),
        "ee8",
    ),
    "jetty-ee10": Kind(
        "JettyProgram",
        "jakarta",
        "jetty-ee10",
        (
            "lib/jetty-ee10-servlet-[0-9]*.jar",
            "lib/jakarta.servlet-api-6.0.*.jar",
            "lib/jetty-[hiu]*.jar",
            "lib/jetty-se*.jar",
            "lib/logging/*.jar",
        ),
        "ee10",
    ),
    "spring": Kind("SpringProgram", "jakarta", "", ("spring",)),
    "spring-4": Kind("SpringProgram", "jakarta", "", ("spring-4",)),
}


class Program:
    """A program in a process of its own, which ends when its input does."""

    kinds = KINDS
    common = COMMON

    def __init__(self, name, options=(), classes=True):
        self.kind = self.kinds[name]
        self.name = name
        self._jdk = jdks.discover()[0]
        self._container = self._jars()
        command = [self._jdk.tool("java"), "-XX:TieredStopAtLevel=1", *options]
        command += self._what(classes)
        self.console = BUILT / name / "console.txt"
        with open(self.console, "wb") as console:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=console,
                cwd=str(BUILT),
            )
        self.port = self._port()

    def _what(self, classes):
        """What java is to run: a class path, and the class."""
        path = [self._compiled(), containers.jar(self.kind.namespace)]
        path += sorted((TARGET / "jython").glob("*.jar")) + self._container
        if classes:
            # The application, as a resource of the program.
            path.append(self._resources())
        return ["-cp", ":".join(map(str, path)), "embedded." + self.kind.main]

    def _port(self):
        for line in self._process.stdout:
            if line.startswith(b"listening "):
                return int(line.split()[1])
        return None

    def get(self, path, method="GET"):
        return client.fetch(("127.0.0.1", self.port), method, path)

    def stop(self, by=None):
        """End it by ending its input, or by a signal; the status it ends with."""
        if by:
            self._process.send_signal(by)
        else:
            self._process.stdin.close()
        try:
            return self._process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return "killed after %d s" % STOP_LIMIT
        finally:
            self._process.stdin.close()
            self._process.stdout.close()

    def text(self):
        return self.console.read_text(errors="replace")

    def _jars(self):
        drivers = list((TARGET / "drivers").glob("h2-*.jar"))
        if not self.kind.home:
            return drivers + sorted((TARGET / self.kind.jars[0]).glob("*.jar"))
        home = containers.home(self.kind.home)
        jars = drivers + [
            jar for pattern in self.kind.jars for jar in home.glob(pattern)
        ]
        return sorted(set(jars))

    def _compiled(self):
        """The program's classes; its directory, without what the last one left."""
        empty(BUILT / self.name)
        return compiled(self.kind, self.common, tuple(self._container))

    def _resources(self):
        directory = BUILT / self.name / "resources"
        directory.mkdir()
        shutil.copy(HERE / "greeting.py", directory)
        return directory


def empty(directory):
    """Make a directory anew."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)


@functools.cache
def compiled(kind, common, jars):
    """A directory of classes, from sources for jakarta.servlet and jetty.EE."""
    directory = BUILT / "classes" / ("%s-%s" % (kind.main, kind.home or kind.jars[0]))
    empty(directory)
    tomcat = ("LocalTomcat",) if kind.home.startswith("tomcat") else ()
    sources = []
    for name in (*common, *tomcat, kind.main):
        text = (HERE / "java" / "embedded" / (name + ".java")).read_text()
        text = text.replace("jakarta.servlet", kind.namespace + ".servlet")
        if "spring-4" in kind.jars:
            for before, now in SPRING_4.items():
                text = text.replace(before, now)
        source = directory / "src" / "embedded" / (name + ".java")
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text.replace("jetty.EE.", "jetty.%s." % kind.ee))
        sources.append(str(source))
    path = [containers.jar(kind.namespace), *jars]
    options = ["-cp", ":".join(map(str, path)), "-d", str(directory / "classes")]
    command = [jdks.discover()[0].tool("javac"), *short_lived.TOOL, "-proc:none"]
    subprocess.run([*command, *options, *sources], check=True)
    return directory / "classes"
