"""Two containers that share sessions, clients that write into them, what must hold.

What the containers are configured with is in cluster/, as docs/cluster.md has it.
"""

import contextlib
import os
import threading
import time

import client
import containers
import engines
import where
from paths import HERE, RUNS
from wars import War
from webxml import Servlet, WebXml

FILES = HERE / "cluster"
SITE = HERE / "sites" / "cluster"
LIMIT = 120.0
PORT = 4001  # of the addresses() of this process
PATHS = ("/left", "/right")
# What a server that has been killed answers, and one that is being killed.
GONE = (OSError, ValueError)
BAD_GATEWAY = (502, 503, 504)


def war(path, engine, **given):
    """The application of sites/cluster on an engine, to be distributed."""
    settings = dict(engines.KINDS[engine].settings)
    web_xml = WebXml(
        servlets=[Servlet("app", ["/app/*"], {"isthmus.app": "cart:application"})],
        context_params={"isthmus.engine": engine, **settings},
        extra="<distributable/>",
    )
    files = {"WEB-INF/app/cart.py": SITE / "cart.py", "cart.jsp": SITE / "cart.jsp"}
    jars = "*.jar" if engine == where.JYTHON else None
    return War(path, web_xml, files, jars=jars, **given)


def addresses():
    """Two addresses of this process's own, so that no other program has their ports."""
    pid = os.getpid()
    return ["127.%d.%d.%d" % (n, pid >> 8 & 255, pid & 255) for n in (101, 102)]


def create(name, number, jdks, options, base):
    """The node of this number, 1 or 2: a container that is not started."""
    options = ["-Dnode.name=node%d" % number, *options]
    place = RUNS / ("%s-%s-%d" % (base, name, number))
    return containers.create(name, jdks[0], jdks[0], place, options)


def pair(kinds=where.ENGINES, **given):
    """The WARs of each of two nodes: what is Jython on one is CPython on the other."""
    return [
        [war("/left", one, **given), war("/right", other, **given)]
        for one, other in (kinds, kinds[::-1])
    ]


@contextlib.contextmanager
def started(nodes, wars):
    """Start the nodes at the same time, each with its WARs; stop them at the end."""
    try:
        for node, its in zip(nodes, wars):
            node.begin(its)
        for node in nodes:
            node.wait_until_up()
        yield nodes
    finally:
        for node in nodes:
            node.stop()


@contextlib.contextmanager
def tomcats(jdks, base):
    """Two Tomcats with DeltaManager, which have found each other."""
    nodes = [create("tomcat11", n, jdks, _options(n), base) for n in (1, 2)]
    for node in nodes:
        node.cluster = (FILES / "tomcat-delta.xml").read_text("utf-8")
    with started(nodes, pair()):
        for node in nodes:
            node.log.wait_for("Replication member added")
        yield nodes


def _options(number):
    options = []
    for name, index in (("node", number - 1), ("peer", 2 - number)):
        options += [
            "-D%s.address=%s" % (name, addresses()[index]),
            "-D%s.port=%d" % (name, PORT),
            "-D%s.id=%d" % (name, index + 1),
        ]
    return options


class Shopper:
    """A client with one session, who adds items to a cart of one application.

    :ivar acknowledged: how many items the server has said that there are.
    """

    def __init__(self, path, address):
        self.path = path
        self.address = address
        self.acknowledged = 0
        self.cookie = None

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


def assert_none_is_lost_by_a_kill(nodes, has_jsp=True):
    """Kill the first node under load: all that it has acknowledged is on the other."""
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


def _assert_java_reads(shopper, count):
    head, *items = shopper.request("GET", "/cart.jsp").body.decode("utf-8").split("\n")
    assert head == "java.util.ArrayList java.util.LinkedHashMap %d" % count
    assert items[0] == "1 café 2026-11-29T10:00:01.123456"
