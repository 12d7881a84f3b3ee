"""Minutes of mixed traffic leave heap, threads and open files where they were."""

import pathlib
import subprocess
import threading
import time

import client
import containers
from paths import TARGET
from wars import War
from webxml import Servlet, WebXml

APPS = pathlib.Path(__file__).resolve().parent / "apps"
SOAK = War(
    "/soak",
    WebXml(
        servlets=[Servlet("soak", ["/app/*"], {"isthmus.app": "mixed:application"})]
    ),
    files={"WEB-INF/app": APPS},
)
LAPS = 9
# A hundred leaked requests of a lap's thousands would show; a late class does not.
HEAP_SLACK = 6 * 1024 * 1024
COUNT_SLACK = 6


def test_traffic_leaves_nothing_behind(kind, jdk, minutes):
    base = TARGET / "soak" / kind
    server = containers.create(kind, jdk, compiler=jdk, base=base)
    server.start([SOAK])
    try:
        run(server, 20)  # warm: classes, pools and buffers are there afterwards
        laps = []
        for _ in range(LAPS):
            run(server, minutes * 60 / LAPS)
            laps.append(state(server, jdk))
            print(kind, laps[-1])
        early, late = laps[: LAPS // 3], laps[-(LAPS // 3) :]
        assert lowest(late, "heap") <= lowest(early, "heap") + HEAP_SLACK, laps
        assert lowest(late, "threads") <= lowest(early, "threads") + COUNT_SLACK, laps
        assert lowest(late, "files") <= lowest(early, "files") + COUNT_SLACK, laps
    finally:
        server.stop()


def lowest(laps, what):
    return min(lap[what] for lap in laps)


def state(server, jdk):
    """Octets of live heap after a collection, threads and open files of the server."""
    subprocess.run(
        [jdk.tool("jcmd"), str(server.pid), "GC.run"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    histogram = subprocess.run(
        [jdk.tool("jcmd"), str(server.pid), "GC.class_histogram"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    total = histogram.strip().splitlines()[-1].split()
    process = pathlib.Path("/proc") / str(server.pid)
    return {
        "heap": int(total[2]),
        "threads": len(list((process / "task").iterdir())),
        "files": len(list((process / "fd").iterdir())),
    }


def run(server, seconds):
    """Several kinds of clients at once; the first failure of any ends the soak."""
    until = time.monotonic() + seconds
    failures = []
    clients = [polite, polite, vanishing, failing]
    threads = [
        threading.Thread(target=guarded, args=(ask, server, until, failures))
        for ask in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def guarded(ask, server, until, failures):
    try:
        while time.monotonic() < until and not failures:
            ask(server.address)
    except Exception as failure:
        failures.append(failure)


def polite(address):
    body = b"0123456789abcdef" * 4096
    for _ in range(20):
        assert client.fetch(address, "GET", "/soak/app/greet").body == b"Hello, world!"
        echoed = client.fetch(address, "POST", "/soak/app/echo", body=body)
        assert echoed.body == body
        assert client.fetch(address, "GET", "/soak/app/log").status == 204


def vanishing(address):
    """Clients that go away: in the middle of a response, and of their own request."""
    with client.Connection(address) as connection:
        connection.send(b"GET /soak/app/endless HTTP/1.1\r\nHost: a\r\n\r\n")
        assert connection.receive_head().status == 200
        connection.abort()
    with client.Connection(address) as connection:
        connection.send(
            b"POST /soak/app/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nhalf"
        )
        connection.abort()


def failing(address):
    assert client.fetch(address, "GET", "/soak/app/fail").status == 500
    with client.Connection(address) as connection:
        connection.send(b"GET /soak/app/late HTTP/1.1\r\nHost: a\r\n\r\n")
        assert not connection.receive().complete
