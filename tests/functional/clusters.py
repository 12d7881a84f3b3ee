"""Clients that write into the sessions of two containers, and what must hold.

The containers are those of stores.py.
"""

import threading
import time

import client

LIMIT = 120.0
PATHS = ("/left", "/right")
# What a server that has been killed answers, and one that is being killed.
GONE = (OSError, ValueError)
BAD_GATEWAY = (502, 503, 504)


class Shopper:
    """A client with one session, who adds items to a cart of one application.

    :ivar acknowledged: how many items the server has said that there are.
    :ivar node: the name of the node that has answered last.
    :ivar version: that of the application that has.
    """

    def __init__(self, path, address):
        self.path = path
        self.address = address
        self.acknowledged = 0
        self.cookie = None
        self.node = self.version = None

    def request(self, method, rest):
        """The answer to a request of this session; one of GONE if there is none."""
        fields = [("Cookie", self.cookie)] if self.cookie else []
        body = b"" if method == "POST" else None
        response = client.fetch(self.address, method, self.path + rest, fields, body)
        if not response.complete or response.status in BAD_GATEWAY:
            raise OSError("there was no whole response: %r" % response)
        for field in response.all("Set-Cookie"):
            self.cookie = field.partition(";")[0]
        assert response.status == 200, response
        self.node = response.header("X-Node")
        self.version = response.header("X-Version")
        return response

    def add(self, way="add", size=1):
        """Append the next item, of this many octets; the server says so."""
        number = self.acknowledged + 1
        # A proxy must not repeat it, as it may a GET.
        answer = self.request("POST", "/app/%s?%d,%d" % (way, number, size)).json()
        assert answer == number, (answer, number, self)
        self.acknowledged = number

    def read(self):
        return self.request("GET", "/app/read").json()

    def assert_kept(self):
        """Each acknowledged item is in the cart, and at most the one that was not."""
        items = self._read_at_last()
        assert items == list(range(1, len(items) + 1)), (items, self)
        assert len(items) - self.acknowledged in (0, 1), (items, self)
        return items

    def _read_at_last(self):
        """The cart, although a proxy may still have connections to a dead server."""
        deadline = time.monotonic() + LIMIT
        while True:
            try:
                return self.read()
            except GONE:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def __repr__(self):
        return "<%s at %s: %d>" % (self.path, self.address, self.acknowledged)


class Load:
    """Shoppers who all add items, each in a thread, until the end or without an answer.

    :ivar lost: those who got no answer.
    """

    def __init__(self, shoppers):
        self.shoppers = shoppers
        self.lost = []
        self._stopped = threading.Event()
        self._failures = []
        self._threads = [
            threading.Thread(target=self._shop, args=[each]) for each in shoppers
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exc_info):
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        if exc_info[0] is None:
            self._check()

    def _shop(self, shopper):
        try:
            while not self._stopped.is_set():
                shopper.add()
        except GONE:
            # The write may still be on its way: another one would race with it.
            self.lost.append(shopper)
        except BaseException as failure:
            self._failures.append(failure)

    def wait_for_more(self, items):
        """Wait until each who gets answers has added so many, from now on."""
        wanted = {each: each.acknowledged + items for each in self.shoppers}
        deadline = time.monotonic() + LIMIT
        while any(
            each.acknowledged < count and each not in self.lost
            for each, count in wanted.items()
        ):
            self._check()
            assert time.monotonic() < deadline, self.shoppers
            time.sleep(0.02)

    def _check(self):
        if self._failures:
            raise self._failures[0]


def assert_writes_are_elsewhere(nodes, path, way):
    """Each write that has been answered is on the other node at once."""
    shopper = Shopper(path, nodes[0].address)
    for count in range(1, 7):
        # Large, so that replication would lose a race.
        shopper.add(way, 300000)
        shopper.address = nodes[count % 2].address
        assert shopper.read() == list(range(1, count + 1))


def assert_old_identifiers_are_dead(nodes, restart, restarted):
    """Identifiers from before a rotation find no session, on whichever node.

    :param restart: a function that starts a node again.
    :param restarted: the nodes that are started again, one after the other.
    """
    first, second = (node.address for node in nodes)
    shoppers = [Shopper(path, first) for path in PATHS]
    thieves = [Shopper(path, first) for path in PATHS]
    for shopper, thief in zip(shoppers, thieves):
        # Both nodes have had the session.
        for shopper.address in (second, first):
            shopper.add()
        thief.cookie = shopper.cookie
        shopper.add("rotate")
        assert shopper.cookie != thief.cookie
    _assert_read(shoppers, thieves, nodes)
    for node in restarted:
        restart(node)
    _assert_read(shoppers, thieves, nodes)


def _assert_read(shoppers, thieves, nodes):
    for node in nodes:
        for each in (*shoppers, *thieves):
            each.address = node.address
        assert [each.read() for each in shoppers] == [[1, 2, 3]] * len(shoppers)
        # Each as it was: no server has sent another identifier meanwhile.
        stolen = [each.cookie for each in thieves]
        assert [each.read() for each in thieves] == [[]] * len(thieves)
        assert [each.cookie for each in thieves] == stolen


def assert_none_is_lost_by_a_kill(nodes, has_jsp=True):
    """Kill the first node under load: all that it has acknowledged is on the other.

    Returns how many writes both have acknowledged.
    """
    first, second = nodes
    address = first.address
    shoppers = [Shopper(p, node.address) for node in nodes for p in PATHS for _ in "ab"]
    with Load(shoppers) as load:
        load.wait_for_more(5)
        first.kill()
        load.wait_for_more(5)
    assert {each.address for each in load.lost} <= {address}
    for shopper in shoppers:
        shopper.address = second.address
        items = shopper.assert_kept()
        if has_jsp:
            _assert_java_reads(shopper, len(items))
    return sum(shopper.acknowledged for shopper in shoppers)


def _assert_java_reads(shopper, count):
    head, *items = shopper.request("GET", "/cart.jsp").body.decode("utf-8").split("\n")
    assert head == "java.util.ArrayList java.util.LinkedHashMap %d" % count
    assert items[0] == "1 café 2026-11-29T10:00:01.123456"
