"""Workers killed at random under load: nothing is lost but their own requests."""

import os
import pathlib
import random
import signal
import sys
import threading
import time

import client
import containers
from paths import TARGET
from wars import War
from webxml import Servlet, WebXml

APPS = pathlib.Path(__file__).resolve().parent / "apps"
WORKERS, THREADS, CLIENTS = 4, 2, 6
PARAMETERS = {
    "isthmus.app": "mixed:application",
    "isthmus.engine": "cpython",
    "isthmus.python.executable": sys.executable,
    "isthmus.workers": str(WORKERS),
    "isthmus.worker.threads": str(THREADS),
}
KILLED = War(
    "/killed",
    WebXml(servlets=[Servlet("killed", ["/app/*"], PARAMETERS)]),
    files={"WEB-INF/app": APPS},
)
# Seconds between two kills; the random numbers are the same in each run.
PAUSES = 2.0, 6.0
SEED = 15
LIMIT = 120.0
BODY = b"0123456789abcdef" * 4096


class Load:
    """Clients that ask until the end; what they got instead of an answer."""

    def __init__(self, address):
        self.address = address
        self.answered = 0
        self.lost = []
        self.wrong = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(CLIENTS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exc_info):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _run(self):
        while not self._over.is_set():
            self._ask("GET", "/killed/app/greet", None, b"Hello, world!")
            self._ask("POST", "/killed/app/echo", BODY, BODY)

    def _ask(self, method, path, body, expected):
        try:
            response = client.fetch(self.address, method, path, body=body)
            if response.complete:
                outcome = response.status
                right = outcome == 502 or response.body == expected
            else:  # its worker was killed in the middle of it
                outcome, right = "cut", expected.startswith(response.body)
        except (OSError, EOFError, AssertionError) as failure:
            outcome, right = repr(failure), True
        with self._lock:
            if outcome == 200 and right:
                self.answered += 1
            elif right:
                self.lost.append(outcome)
            else:
                self.wrong.append((outcome, response.body[:200]))


def workers(server):
    """The process ids of the workers."""
    found = []
    for place in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().split(b"\0")
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has ended
        if parent == server.pid and any(b"isthmus_worker" in word for word in words):
            found.append(int(place.name))
    return found


def await_all(server):
    deadline = time.monotonic() + LIMIT
    while len(workers(server)) < WORKERS:
        assert time.monotonic() < deadline, "not all workers are back"
        time.sleep(0.1)


def test_kills_lose_the_requests_of_the_killed_alone(kind, jdk, minutes):
    base = TARGET / "soak" / ("kills-" + kind)
    server = containers.create(kind, jdk, compiler=jdk, base=base)
    server.start([KILLED])
    chance = random.Random(SEED)
    kills = 0
    try:
        await_all(server)
        end = time.monotonic() + 60 * minutes
        with Load(server.address) as load:
            while time.monotonic() < end:
                time.sleep(chance.uniform(*PAUSES))
                for pid in chance.sample(workers(server), 1):
                    os.kill(pid, signal.SIGKILL)
                    kills += 1
        print(kind, kills, "kills:", load.answered, "answered,", load.lost)
        await_all(server)
        assert kills and load.answered > kills
        assert load.wrong == []
        assert len(load.lost) <= kills * THREADS, load.lost
    finally:
        server.stop()
