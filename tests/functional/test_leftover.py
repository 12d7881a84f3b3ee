"""A thread that a request leaves behind never sees another client's headers."""

import threading
import time

FIELDS = 60
CLIENTS = 4
SECONDS = 6.0
# What a slow machine has time for is too little to prove anything: it gets more.
ENOUGH = 50
LONGEST = 120.0


def _visit(mounted, first, over):
    """One request after the other, of which each has another number."""
    number = first
    connection = mounted.connect()
    while not over.is_set():
        number += CLIENTS
        fields = [("X-%d" % i, str(number)) for i in range(FIELDS)]
        connection.request("GET", "%s/?%d" % (mounted.prefix, number), fields)
        if not connection.receive().keeps_alive:
            connection.close()
            connection = mounted.connect()
    connection.close()


def test_thread_sees_its_own_request_or_is_refused(mount):
    mounted = mount("leftover")
    over = threading.Event()
    clients = [
        threading.Thread(target=_visit, args=(mounted, first, over), daemon=True)
        for first in range(CLIENTS)
    ]
    for thread in clients:
        thread.start()
    began = time.monotonic()
    over.wait(SECONDS)
    while not (found := _found(mounted))[0] and time.monotonic() < began + LONGEST:
        over.wait(0.5)
    over.set()
    for thread in clients:
        thread.join()
    is_enough, wrong = found
    assert wrong == []
    assert is_enough


def _found(mounted):
    """Whether enough threads have looked, and what they saw that was not theirs."""
    counts, *wrong = mounted.get("/?show").body.decode().splitlines()
    return int(counts.split()[0]) >= ENOUGH, wrong
