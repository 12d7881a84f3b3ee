"""Two containers that share sessions, and clients that write into one each.

What the containers are configured with is in cluster/, as docs/services.md has it.
"""

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
LIMIT = 60.0
# What a server that has been killed answers, and one that is being killed.
GONE = (OSError, ValueError)


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


def create(name, number, jdks, options=(), base="cluster"):
    """The node of this number, 1 or 2: a container that is not started."""
    options = ["-Dnode.name=node%d" % number, *options]
    place = RUNS / ("%s-%s-%d" % (base, name, number))
    return containers.create(name, jdks[0], jdks[0], place, options)


class Shopper:
    """A client with one session, who adds items to a cart of one application.

    :ivar acknowledged: how many items the server has said that there are.
    """

    def __init__(self, path, address):
        self.path = path
        self.address = address
        self.acknowledged = 0
        self.cookie = None

    def get(self, rest):
        """The answer to a request of this session; one of GONE if there is none."""
        fields = [("Cookie", self.cookie)] if self.cookie else []
        response = client.fetch(self.address, "GET", self.path + rest, fields)
        if not response.complete:
            raise OSError("the response was cut off")
        for field in response.all("Set-Cookie"):
            self.cookie = field.partition(";")[0]
        assert response.status == 200, response
        return response

    def add(self, way="add", size=1):
        """Append the next item, of this many octets; the server says so."""
        number = self.acknowledged + 1
        answer = self.get("/app/%s?%d,%d" % (way, number, size)).json()
        assert answer == number, (answer, number, self)
        self.acknowledged = number

    def read(self):
        return self.get("/app/read").json()

    def catch_up(self):
        """Read the cart, in which the write without an answer may be, and no other."""
        items = self.read()
        assert items == list(range(1, len(items) + 1)), (items, self)
        assert len(items) - self.acknowledged in (0, 1), (items, self)
        self.acknowledged = len(items)

    def __repr__(self):
        return "<%s at %s: %d>" % (self.path, self.address, self.acknowledged)


class Load:
    """Shoppers who all add items until `stop`, each in a thread.

    :param elsewhere: the address that they go to when theirs answers no longer.
    """

    def __init__(self, shoppers, elsewhere):
        self.shoppers = shoppers
        self._elsewhere = elsewhere
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

    def _shop(self, shopper):
        try:
            while not self._stopped.is_set():
                try:
                    shopper.add()
                except GONE:
                    if shopper.address == self._elsewhere:
                        raise
                    shopper.address = self._elsewhere
                    shopper.catch_up()
        except BaseException as failure:
            self._failures.append(failure)

    def wait_for_more(self, items):
        """Wait until each has added so many, from now on."""
        wanted = {each: each.acknowledged + items for each in self.shoppers}
        deadline = time.monotonic() + LIMIT
        while any(each.acknowledged < count for each, count in wanted.items()):
            self.check()
            assert time.monotonic() < deadline, self.shoppers
            time.sleep(0.02)

    def check(self):
        if self._failures:
            raise self._failures[0]
