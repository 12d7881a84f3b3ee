"""A thread that a request leaves behind never sees another client's headers."""

import threading
import time

FIELDS = 60
CLIENTS = 4
SECONDS = 6.0


def _visit(mounted, first, end):
    """One request after the other, of which each has another number."""
    number = first
    connection = mounted.connect()
    while time.monotonic() < end:
        number += CLIENTS
        fields = [("X-%d" % i, str(number)) for i in range(FIELDS)]
        connection.request("GET", "%s/?%d" % (mounted.prefix, number), fields)
        if not connection.receive().keeps_alive:
            connection.close()
            connection = mounted.connect()
    connection.close()


def test_thread_sees_its_own_request_or_is_refused(mount):
    mounted = mount("leftover")
    end = time.monotonic() + SECONDS
    clients = [
        threading.Thread(target=_visit, args=(mounted, first, end))
        for first in range(CLIENTS)
    ]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    counts, *wrong = mounted.get("/?show").body.decode().splitlines()
    assert wrong == []
    assert int(counts.split()[0]) > 50, "too few to prove anything"
