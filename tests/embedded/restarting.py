"""A program of Spring Boot with DevTools, which restarts it when a file changes."""

import collections
import os
import re
import subprocess
import time
import zipfile
from typing import NamedTuple

import spring_boot
import workers
from programs import empty

CLASSES, LIBRARIES = "BOOT-INF/classes/", "BOOT-INF/lib/"
# Restarts once no file has changed for a moment; the port of LiveReload is the same for
# all programs.
DEVTOOLS = [
    "--spring.devtools.restart.poll-interval=500ms",
    "--spring.devtools.restart.quiet-period=250ms",
    "--spring.devtools.livereload.enabled=false",
]
# What each start of the program has one of.
LOADERS = (
    "org.springframework.boot.devtools.restart.classloader.RestartClassLoader",
    "org.isthmus.engine.jython.boot.EngineLoader",
    "org.isthmus.deploy.Deployment",
)
INSTANCES = re.compile(r"^ *\d+: +(\d+) +\d+ +(\S+)", re.MULTILINE)
OURS = re.compile(r'^"([^"]*(?:isthmus|python)[^"]*)"', re.IGNORECASE | re.MULTILINE)


class State(NamedTuple):
    """What a program has: instances of LOADERS, Isthmus's threads, child processes."""

    loaders: dict
    threads: dict
    children: int


class Restarting(spring_boot.Program):
    """Its own classes and Python as files, as an IDE has them."""

    def _what(self, jar):
        directory = jar.with_name("restarting")
        empty(directory)
        with zipfile.ZipFile(jar) as archive:
            archive.extractall(directory)
        self.classes = directory / CLASSES
        self._starts = 1
        repository = jar.parents[2] / "repository" / "org/springframework/boot"
        release = spring_boot.releases()[int(jar.parents[2].name)]
        name = "spring-boot-devtools/%s/spring-boot-devtools-%s.jar"
        devtools = repository / (name % (release, release))
        path = [self.classes, directory / LIBRARIES / "*", devtools]
        main = "com.example.greeter.GreeterProgram"
        # Full collections clear soft references, which DevTools and Spring use.
        options = ["-XX:SoftRefLRUPolicyMSPerMB=0", "-cp", ":".join(map(str, path))]
        return [*options, main]

    def edit(self, text):
        """Change the Python application, and wait until the program has restarted."""
        partial = self.classes.with_name("probe.partial")
        partial.write_text(text)
        os.replace(partial, self.classes / "python" / "probe.py")
        self._starts += 1
        self.port = self._port(self._starts)

    def wait(self, is_wanted):
        """The state as soon as it is as wanted, twice running, or at last."""
        end = time.monotonic() + spring_boot.LIMIT
        before = None
        while True:
            state = self._state()
            if is_wanted(state) and state == before or time.monotonic() > end:
                return state
            before = state
            time.sleep(0.5)

    def _state(self):
        rows = INSTANCES.findall(self._jcmd("GC.class_histogram"))
        instances = {name: int(number) for number, name in rows}
        loaders = {n.rpartition(".")[2]: instances.get(n, 0) for n in LOADERS}
        threads = OURS.findall(self._jcmd("Thread.print"))
        names = collections.Counter(re.sub(r"\d+", "N", name) for name in threads)
        children = list(workers.children(self._process.pid))
        return State(loaders, dict(names), len(children))

    def _jcmd(self, command):
        jcmd = [self._jdk.tool("jcmd"), str(self._process.pid), command]
        return subprocess.run(jcmd, check=True, stdout=subprocess.PIPE).stdout.decode()
