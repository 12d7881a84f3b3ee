"""Web applications that are deployed anew, and what each time leaves behind."""

import pathlib
import re
import subprocess
import threading
import time

import client
import containers
from paths import HERE
from wars import War
from webxml import LISTENER, Filter, Servlet, WebXml

APP = {"isthmus.app": "libs:application"}
FILES = {"WEB-INF/app": HERE / "redeployed"}
USED = ["sub", "a", "libs", "2.1"]
TIMEOUT = 120.0

EXPLODED = War(
    "/again/exploded",
    WebXml(
        servlets=[Servlet("app", ["/app/*"], APP)],
        filters=[Filter("filtered", ["/filtered/*"], APP)],
        listeners=[LISTENER],
    ),
    FILES,
)
PACKED = War(
    "/again/packed",
    # Interpreters of its own, beside the one that the filter has and Jython's own.
    WebXml(
        servlets=[Servlet("app", ["/app/*"], {**APP, "isthmus.pool.max": "2"})],
        filters=[Filter("filtered", ["/filtered/*"], APP)],
    ),
    FILES,
    layout="packed",
)
OTHER = War("/again/other", EXPLODED.web_xml, FILES)

# Has imported its first application, with all that this one starts, when the second
# cannot be imported.
HALF = War(
    "/again/half",
    WebXml(
        servlets=[
            Servlet("app", ["/app/*"], APP),
            Servlet("broken", ["/broken/*"], {"isthmus.app": "broken:application"}),
        ],
        listeners=[LISTENER],
    ),
    FILES,
    probe=None,
)
STUCK = War(
    "/again/stuck",
    WebXml(servlets=[Servlet("app", ["/app/*"], {"isthmus.app": "stuck:application"})]),
    FILES,
)

# So many of each for every deployment that is alive: the end of the class's name.
COUNTED = (
    ".EngineLoader",
    ".PySystemState",
    "$PySystemStateCloser",
    ".FunctionThread",
    ".ParallelWebappClassLoader",
    ".WebAppClassLoader",
)
# A deployment has some six thousand classes; the JDK makes some when it likes.
CLASSES_SLACK = 3000
# The threads of the container and of the JVM come and go.
THREADS_SLACK = 8


class State:
    """What there is in a process after a collection."""

    def __init__(self, server):
        histogram = subprocess.run(
            [server.jdk.tool("jcmd"), str(server.pid), "GC.class_histogram"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        self.counts = dict.fromkeys(COUNTED, 0)
        self.classes = 0
        for line in histogram.splitlines():
            words = line.split()
            if len(words) < 4:
                continue
            if words[3] == "java.lang.Class":
                self.classes = int(words[1])
            for end in COUNTED:
                if words[3].endswith(end):
                    self.counts[end] += int(words[1])
        tasks = pathlib.Path("/proc") / str(server.pid) / "task"
        self.threads = len(list(tasks.iterdir()))

    @property
    def loaders(self):
        """How many deployments are alive."""
        return self.counts[".EngineLoader"]

    def is_as(self, before):
        """Whether nothing has grown since."""
        return (
            self.counts == before.counts
            and self.classes <= before.classes + CLASSES_SLACK
            and self.threads <= before.threads + THREADS_SLACK
        )

    def is_at_most(self, before):
        """Whether there is no more of anything that keeps a generation in memory.

        A closer keeps nothing: Jython forgets it when it makes the next state.
        """
        ends = [end for end in COUNTED if end != "$PySystemStateCloser"]
        return (
            all(self.counts[end] <= before.counts[end] for end in ends)
            and self.classes <= before.classes + CLASSES_SLACK
            and self.threads <= before.threads + THREADS_SLACK
        )

    def __repr__(self):
        counted = (self.classes, self.threads, self.counts)
        return "%d classes, %d threads, %s" % counted


def metaspace(server):
    """What the JDK itself says of its classes' metadata, in KiB."""
    command = [server.jdk.tool("jcmd"), str(server.pid), "VM.metaspace", "basic"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    number, unit = re.search(r"Both: +([\d.]+) (\w)B used", text).groups()
    return round(float(number) * {"K": 1, "M": 1024, "G": 1024**2}[unit])


def wait(server, is_enough):
    """Finalizers and idle threads of the JVM need a moment; then the state is final."""
    end = time.monotonic() + TIMEOUT
    while not is_enough(state := State(server)) and time.monotonic() < end:
        time.sleep(0.5)
    return state


def use(server, war, paths=("/app/", "/filtered/")):
    """Have each of a web application's programs do all that it can."""
    for path in paths:
        response = client.fetch(server.address, "GET", war.path + path)
        assert (response.status, response.json()) == (200, USED)


def start(name, jdk, compiler, base, wars):
    """Start a container of its own: what is counted is all that is in the process."""
    server = containers.create(name, jdk, compiler, base)
    server.start(wars)
    return server


class Undisturbed(threading.Thread):
    """Asks a web application all the time, while others are deployed anew."""

    def __init__(self, server, war):
        super().__init__(daemon=True)
        self._address = server.address
        self._target = war.path + "/app/light"
        self._over = threading.Event()
        self.answered = 0
        self.failures = []

    def run(self):
        while not self._over.wait(0.1):
            try:
                response = client.fetch(self._address, "GET", self._target)
                assert (response.status, response.body) == (200, b"light"), response
                self.answered += 1
            except Exception as failure:
                self.failures.append(failure)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *failure):
        self._over.set()
        self.join()


def again(server, times):
    """Deploy two web applications anew, with requests in between."""
    for _ in range(times):
        for war in (EXPLODED, PACKED):
            server.redeploy(war)
            use(server, war)
