"""Two hundred reloads under load: no request fails, and nothing of them stays."""

import json
import signal
import subprocess

import pytest

import messages
from paths import HERE, TARGET
from redeploying import APP, FILES, metaspace, start, use, wait
from reloading import Site
from wars import War
from webxml import Filter, Servlet, WebXml

# Each generation has an interpreter that two share, and a pool of another one.
POOL = {**APP, "isthmus.pool.max": "1"}
# Both of them, and Jython's own.
STATES = 3
RELOADED = War(
    "/reloaded",
    WebXml(
        servlets=[
            Servlet("app", ["/app/*"], APP),
            Servlet("pooled", ["/pooled/*"], POOL),
        ],
        filters=[Filter("filtered", ["/filtered/*"], APP)],
        context_params={"isthmus.reload.mode": "touch"},
    ),
    FILES,
)
ROUNDS = 10
SCRIPT = HERE.parents[1] / "bench" / "wrk.lua"
CONNECTIONS = 8
HEAP_SLACK = 4 * 1024 * 1024


class Wrk:
    """Asks for the same path on some connections for as long as it is told to."""

    def __init__(self, server, path):
        target = "http://127.0.0.1:%d%s" % (server.port, path)
        command = ["wrk", "-t1", "-c%d" % CONNECTIONS, "-d1h", "-s", str(SCRIPT)]
        command.append(target)
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def stop(self):
        """(requests, answers other than 200, errors of sockets)."""
        self._process.send_signal(signal.SIGINT)
        text = self._process.communicate(timeout=60)[0]
        (line,) = [part for part in text.splitlines() if part.startswith("BENCH ")]
        counts = json.loads(line[len("BENCH ") :])
        return counts["requests"], counts["status"], counts["socket"]


@pytest.fixture
def server(kind, jdk):
    server = start(kind, jdk, jdk, TARGET / "soak" / ("reload-" + kind), [RELOADED])
    yield server
    server.stop()


def heap(server):
    """Octets of live objects."""
    command = [server.jdk.tool("jcmd"), str(server.pid), "GC.class_histogram"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.strip().splitlines()[-1].split()[2])


def test_reloads_under_load_leave_nothing_behind(server, reloads):
    site = Site(server, RELOADED)
    reload_and_use(site, 2)
    before = wait(server, lambda state: state.counts[".PySystemState"] == STATES)
    octets = heap(server)
    print("\n%s before: %r" % (server.name, before), octets, metaspace(server))
    total = 0
    for done in range(0, reloads, ROUNDS):
        load = Wrk(server, RELOADED.path + "/app/light")
        try:
            reload_and_use(site, ROUNDS)
        finally:
            requests, *failed = load.stop()
        assert failed == [0, 0], "%d requests: %r" % (requests, failed)
        total += requests
        after = wait(server, lambda state: state.is_at_most(before))
        live = heap(server)
        print("after %d:" % (done + ROUNDS), total, after, live, metaspace(server))
        assert after.is_at_most(before), "%r\nwas %r" % (after, before)
        assert live <= octets + HEAP_SLACK, (live, octets)


def reload_and_use(site, times):
    for _ in range(times):
        mark = site.server.log.mark()
        site.touch()
        site.server.log.wait_for(messages.reloaded("/reloaded"), mark, timeout=60)
        use(site.server, RELOADED)
        use(site.server, RELOADED, ["/pooled/"])
