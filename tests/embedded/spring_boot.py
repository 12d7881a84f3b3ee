"""The example of Spring Boot, built by Maven, as a process."""

import base64
import functools
import os
import re
import shutil
import signal
import subprocess
import time

import client
import maven_projects
from containers import jdks
from programs import empty

EXAMPLE = maven_projects.ROOT / "examples" / "spring-boot"
BUILT = maven_projects.TARGET / "spring-boot"
BUILT = BUILT / os.environ.get("PYTEST_XDIST_WORKER", "alone")
LIMIT = 120.0
# Beside the starter: everybody has to log in, there is a data source, and a program
# that does not run as one jar restarts when its files change.
DEPENDENCIES = """<dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-security</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-jdbc</artifactId>
    </dependency>
    <dependency>
      <groupId>com.h2database</groupId>
      <artifactId>h2</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-devtools</artifactId>
      <optional>true</optional>
    </dependency>
    """
PROBES = maven_projects.ROOT / "tests" / "embedded" / "boot"
# What uses isthmus.session, as in the functional suite.
SESSIONS = maven_projects.ROOT / "tests" / "functional" / "apps" / "sessions.py"
USER = ["--spring.security.user.name=ada", "--spring.security.user.password=x"]
USER += ["--spring.security.user.roles=ADMIN"]
APP = "probe:application"
LOGIN = [("Authorization", "Basic " + base64.b64encode(b"ada:x").decode())]
PORT = re.compile(r"Tomcat started on port (\d+)")


def releases():
    """The releases of Spring Boot that this build names, by major version."""
    properties = maven_projects.pom(maven_projects.ROOT / "pom.xml").find(
        maven_projects.POM + "properties"
    )
    names = {3: "spring-boot.version", 4: "spring-boot-4.version"}
    return {n: properties.findtext(maven_projects.POM + names[n]) for n in names}


@functools.cache
def build(major):
    """The example as one jar, with what the tests need; its path."""
    place = BUILT / str(major)
    empty(place)
    repository = maven_projects.repository(place / "repository")
    project = maven_projects.copied(EXAMPLE, place / "project")
    pom, mark = project / "pom.xml", "<!-- begin: starter -->"
    pom.write_text(pom.read_text().replace(mark, DEPENDENCIES + mark))
    sources = project / "src" / "main"
    for source in [*PROBES.glob("*.py"), SESSIONS]:
        shutil.copy(source, sources / "python")
    shutil.copytree(PROBES / "com", sources / "java" / "com", dirs_exist_ok=True)
    version = "-Dspring-boot.version=" + releases()[major]
    maven_projects.build(project, repository, version, "package")
    return project / "target" / "greeter.jar"


class Program:
    """A program from its start on, at a port of its own."""

    def __init__(self, name, jar, *arguments):
        self.temporary = jar.with_name(name + ".temporary")
        empty(self.temporary)
        self._log = jar.with_name(name + ".log")
        self._jdk = jdks.discover()[0]
        command = [self._jdk.tool("java"), "-XX:TieredStopAtLevel=1"]
        command += ["-Djava.io.tmpdir=%s" % self.temporary, *self._what(jar)]
        command += ["--server.port=0", "--server.address=127.0.0.1", *USER]
        command += arguments
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.port = self._port()

    def _what(self, jar):
        """What java is to run."""
        return ["-jar", str(jar)]

    def _port(self, start=1):
        """Where it listens after so many starts; None if it ended before it did."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            ended = self._process.poll() is not None
            found = PORT.findall(self.text())
            if len(found) >= start or ended:
                return int(found[-1]) if len(found) >= start else None
            time.sleep(0.05)
        self.stop()
        raise TimeoutError(self.text())

    def get(self, path, headers=LOGIN):
        return client.fetch(("127.0.0.1", self.port), "GET", path, headers)

    def text(self):
        return self._log.read_text(errors="replace")

    def stop(self):
        """End it as an operator does; the status it ends with."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return "killed after %d s" % LIMIT
