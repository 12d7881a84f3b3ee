"""Executable WARs as processes: `java -jar app.war`, and what comes of it."""

import os
import re
import signal
import socket
import ssl
import subprocess
import time

import client
import containers
import executable_war
from containers import jdks
from paths import TARGET
from programs import empty
from wars import War
from webxml import Servlet, WebXml

# Of each process of pytest's its own: several modules have programs there.
BUILT = TARGET / "launched" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
LIMIT = 120.0
ADDRESS = re.compile(r"Serving at (https?)://([\d.]+):(\d+)(/\S*)")
CONTAINER = {"jakarta": "jetty-ee10", "javax": "jetty-ee8"}


def build(
    namespace,
    files,
    name="app.war",
    params=None,
    members=None,
    listeners=(),
    extra="",
):
    """A WAR of this application, made executable; its path."""
    jdk = jdks.discover()[0]
    parts = containers.create(CONTAINER[namespace], jdk, jdk).parts
    servlet = Servlet("app", ["/*"], params or {})
    files = {**executable_war.files(), **files}
    web_xml = WebXml(
        servlets=[servlet],
        listeners=list(listeners),
        members=members or {},
        extra=extra,
    )
    war = War("", web_xml, files=files)
    archive = BUILT / namespace / name
    war.write_archive(archive, parts)
    return archive


def clean():
    """A directory for archives, and one for what is extracted, both empty."""
    empty(BUILT)
    return BUILT / "work"


def run(archive, *arguments, jdk=None, given=b"", options=(), **environment):
    """The program to its end: what it was given and has said."""
    return subprocess.run(
        command(archive, arguments, jdk, options),
        input=given,
        capture_output=True,
        env=_environment(environment),
        timeout=LIMIT,
    )


def command(archive, arguments, jdk=None, options=()):
    java = (jdk or jdks.discover()[0]).tool("java")
    return [java, "-XX:TieredStopAtLevel=1", *options, "-jar", str(archive), *arguments]


def _environment(variables):
    own = {name: v for name, v in os.environ.items() if name not in ("PORT", "LC_ALL")}
    return {**own, **variables}


def interruptible():
    """Let SIGINT in, which a shell has its background jobs ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Launched:
    """A program that serves, from its start on."""

    def __init__(
        self, archive, *arguments, jdk=None, options=(), user=None, **environment
    ):
        self.out = archive.with_suffix(".out")
        self.err = archive.with_suffix(".err")
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.process = subprocess.Popen(
                command(archive, arguments, jdk, options),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=_environment(environment),
                preexec_fn=interruptible,
                user=user,
            )

    def __enter__(self):
        try:
            found = until(lambda: ADDRESS.search(self.printed()) or self._ended())
            assert found, self.output()
            assert found is not True, self.output()
        except BaseException:
            self.__exit__()
            raise
        self.scheme, host, port, self.path = found.groups()
        self.address = (host, int(port))
        return self

    def __exit__(self, *exc_info):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _ended(self):
        return self.process.poll() is not None

    def printed(self):
        return self.out.read_text()

    def logged(self):
        return self.err.read_text()

    def output(self):
        return self.printed() + self.logged()

    def get(self, path, headers=()):
        tls = None
        if self.scheme == "https":
            tls = ssl.create_default_context()
            tls.check_hostname = False
            tls.verify_mode = ssl.CERT_NONE
        with client.Connection(self.address, tls=tls) as connection:
            connection.request("GET", path, [*headers, ("Connection", "close")])
            return connection.receive()

    def terminate(self, by=signal.SIGTERM):
        self.process.send_signal(by)

    def status(self):
        """The status that it ends with."""
        return self.process.wait(LIMIT)

    def refuses(self):
        """Whether nobody listens any more."""
        try:
            socket.create_connection(self.address, 1).close()
        except OSError:
            return True
        return False


def until(condition):
    """The first true value of a condition; its last one when the time is over."""
    end = time.monotonic() + LIMIT
    value = condition()
    while not value and time.monotonic() < end:
        time.sleep(0.05)
        value = condition()
    return value
