"""A web application that is deployed anew, time after time, leaves nothing behind."""

import subprocess
import time

import pytest

import client
import containers
from paths import HERE
from wars import War
from webxml import LISTENER, Filter, Servlet, WebXml

TIMES = 3
APP = {"isthmus.app": "libs:application"}
FILES = {"WEB-INF/app": HERE / "redeployed"}
POOL = {"isthmus.pool.max": "2", "isthmus.slow": "600", "isthmus.timeout": "600"}
USED = ["sub", "a", "libs", "2.1"]

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
    # Interpreters of its own, and a watchdog.
    WebXml(servlets=[Servlet("app", ["/app/*"], {**APP, **POOL})]),
    FILES,
    layout="packed",
)
OTHER = War("/again/other", EXPLODED.web_xml, FILES)
PATIENCE = 60.0

STUCK = War(
    "/again/stuck",
    WebXml(servlets=[Servlet("app", ["/app/*"], {"isthmus.app": "stuck:application"})]),
    FILES,
)

# One or more of each for a deployment that is alive: the end of the class's name.
COUNTED = (
    ".EngineLoader",
    ".PySystemState",
    "$PySystemStateCloser",
    ".ParallelWebappClassLoader",
    ".WebAppClassLoader",
)


def _state(server):
    """How many of each there are after a collection, which a histogram begins with."""
    histogram = subprocess.run(
        [server.jdk.tool("jcmd"), str(server.pid), "GC.class_histogram"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    counts = dict.fromkeys(COUNTED, 0)
    for line in histogram.splitlines():
        words = line.split()
        for end in COUNTED:
            if len(words) >= 4 and words[3].endswith(end):
                counts[end] += int(words[1])
    return counts


def _use(server, war):
    for path in ("/app/", "/filtered/"):
        if war is PACKED and path == "/filtered/":
            continue
        response = client.fetch(server.address, "GET", war.path + path)
        assert (response.status, response.json()) == (200, USED)


def _wait_for(server, expected):
    """Finalizers and idle threads of the JVM need a moment; then all is as it was."""
    end = time.monotonic() + PATIENCE
    while (state := _state(server)) != expected and time.monotonic() < end:
        time.sleep(0.5)
    return state


@pytest.fixture(scope="module")
def started(server, request, tmp_path_factory):
    """A container of its own: what is counted is all that there is in the process."""
    jdks = request.config.jdks
    base = tmp_path_factory.mktemp("redeploy") / "base"
    # What only a soft reference holds is garbage, which the JVM would keep for a while.
    soft = ["-XX:SoftRefLRUPolicyMSPerMB=0"]
    own = containers.create(server.name, server.jdk, jdks[0], base, soft)
    own.start([EXPLODED, PACKED, OTHER, STUCK])
    yield own
    own.stop()


def test_redeployment_leaves_nothing_behind(started):
    for war in (EXPLODED, PACKED, OTHER):
        _use(started, war)
    before = _state(started)
    assert before[".EngineLoader"] == 4
    for _ in range(TIMES):
        for war in (EXPLODED, PACKED):
            started.redeploy(war)
            _use(started, war)
        _use(started, OTHER)
    assert _wait_for(started, before) == before


def test_signal_handlers_are_refused(started):
    # The application has tried at its import, which is long ago.
    text = r"IS0064: signal\.signal was called for signal \d+ and did nothing"
    assert started.log.wait_for(text)


def test_thread_that_does_not_end_is_named(started):
    mark = started.log.mark()
    started.redeploy(STUCK)
    # The last test: this one does leave something behind.
    started.log.wait_for(r"IS0063: Python thread 'swallows' goes on", mark)
    (text,) = [r.text for r in started.log.records(mark) if "IS0063" in r.text]
    assert "stuck.py" in text
    assert "in swallow" in text
