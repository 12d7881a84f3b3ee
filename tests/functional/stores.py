"""Where a cluster's sessions can be, and two containers that have them there.

What the containers are configured with is in cluster/, as docs/cluster.md has it.
"""

import contextlib
import os
import re
import subprocess

import containers
import databases
import engines
import jetty_store
import where
from clusters import PATHS
from paths import HERE, RUNS, TARGET
from wars import Operator, War
from webxml import Servlet, WebXml

FILES = HERE / "cluster"
SITE = HERE / "sites" / "cluster"
LOGIN = (HERE / "sites" / "services" / "form-login.xml").read_text("utf-8")
MAPPINGS = ["/app/*", "/in/*", "/login", "/wrong"]
PORT = 4001  # of the addresses of this process
ADDED = "Replication member added"


@contextlib.contextmanager
def started(name, jdks, base, count=2):
    """A store whose two nodes, or the first alone, run its WARs."""
    store = STORES[name](jdks, "%s-%s" % (base, name))
    store.name = name
    store.nodes = store.nodes[:count]
    try:
        # Not at once: two Tomcats would wait 60 s for each other's sessions.
        for node in store.nodes:
            node.start(store.wars(node))
        store.wait()
        yield store
    finally:
        for node in store.nodes:
            node.stop()


def _war(path, engine, version, node, elements="", files=(), **given):
    """The application of sites/cluster on an engine, to be distributed.

    :param elements: of its web.xml, beside its own.
    """
    settings = dict(engines.KINDS[engine].settings)
    web_xml = WebXml(
        servlets=[Servlet("app", MAPPINGS, {"isthmus.app": "cart:application"})],
        context_params={"isthmus.engine": engine, **settings},
        extra="<distributable/>" + LOGIN + elements,
    )
    files = {
        "WEB-INF/app/cart.py": SITE / "cart.py",
        "WEB-INF/app/here.py": "NODE = %r\nVERSION = %r\n" % (node, version),
        "cart.jsp": SITE / "cart.jsp",
        **dict(files),
    }
    jars = "*.jar" if engine == where.JYTHON else None
    return War(path, web_xml, files, jars=jars, **given)


class Store:
    """Two nodes that are not started.

    :ivar name: what it is called in STORES.
    :ivar nodes: the containers.
    :ivar more: what their WARs have that others have not.
    """

    def __init__(self, container, jdks, base, options=()):
        self.name = None
        self.more = {}
        self.nodes = [
            containers.create(
                container,
                jdks[0],
                jdks[0],
                RUNS / ("%s-%d" % (base, number)),
                ["-Dnode.name=node%d" % number, *options],
            )
            for number in (1, 2)
        ]
        for node in self.nodes:
            node.jvm_route = "${node.name}"

    def wars(self, node, version="1", suffix=""):
        """The applications of a node: Jython on one is CPython on the other."""
        number = self.nodes.index(node)
        kinds = where.ENGINES if number == 0 else where.ENGINES[::-1]
        return [
            _war(path + suffix, engine, version, "node%d" % (number + 1), **self.more)
            for path, engine in zip(PATHS, kinds)
        ]

    def put(self, name, content):
        """A file below the base of each node."""
        for node in self.nodes:
            node.files[name] = content

    def wait(self):
        """Wait until the nodes are a cluster."""

    def wait_again(self, node, mark):
        """Wait until this one has found the other again since a mark of its log."""


class _Delta(Store):
    """Each Tomcat sends each change to the other one."""

    def __init__(self, jdks, base):
        super().__init__("tomcat11", jdks, base)
        for index, node in enumerate(self.nodes):
            node.cluster = (FILES / "tomcat-delta.xml").read_text("utf-8")
            node.options += _members(index)

    def wait(self):
        for node in self.nodes:
            node.log.wait_for(ADDED)

    def wait_again(self, node, mark):
        node.log.wait_for(ADDED, mark)


class _DeltaAny(_Delta):
    """The same, for a front that is not sticky: identifiers name no node."""

    def __init__(self, jdks, base):
        super().__init__(jdks, base)
        for node in self.nodes:
            node.jvm_route = None


def _members(index):
    options = []
    for name, number in (("node", index), ("peer", 1 - index)):
        options += [
            "-D%s.address=%s" % (name, _addresses()[number]),
            "-D%s.port=%d" % (name, PORT),
            "-D%s.id=%d" % (name, number + 1),
        ]
    return options


def _addresses():
    """Two addresses of this process's own, so that no other program has their ports."""
    pid = os.getpid()
    return ["127.%d.%d.%d" % (n, pid >> 8 & 255, pid & 255) for n in (101, 102)]


def _driver():
    (driver,) = (TARGET / "drivers").glob("postgresql-*.jar")
    return driver


def _tomcat_postgresql(jdks, base):
    database = databases.postgresql()
    _create_table(database)
    values = zip(("url", "user", "password"), database[:3])
    options = ["-Dsessions.%s=%s" % pair for pair in values]
    store = Store("tomcat11", jdks, base, options)
    store.put("lib/postgresql.jar", _driver())
    text = (FILES / "tomcat-store.xml").read_text("utf-8")
    (context,) = re.findall("<Context>(.*)</Context>", text, re.S)
    store.more["operator"] = Operator(context, "", {})
    return store


def _create_table(database):
    address = database.url.removeprefix("jdbc:")
    address = address.replace("://", "://%s@" % database.user)
    for command in (
        ["-c", "drop table if exists tomcat_sessions"],
        ["-f", FILES / "tomcat-store.sql"],
    ):
        subprocess.run(
            ["psql", "-q", "-v", "ON_ERROR_STOP=1", *command, address],
            env={**os.environ, "PGPASSWORD": database.password},
            check=True,
        )


def _jetty_postgresql(jdks, base):
    text = jetty_store.ini(databases.postgresql())
    store = Store("jetty-ee10", jdks, base)
    (pool,) = (TARGET / "jetty").glob("HikariCP-*.jar")
    store.put("lib/ext/hikaricp.jar", pool)
    store.put("lib/ext/postgresql.jar", _driver())
    store.put("etc/sessions-pool.xml", FILES / "jetty-pool.xml")
    for number, node in enumerate(store.nodes, 1):
        its = text.replace("=node1\n", "=node%d\n" % number)
        node.files["start.d/sessions.ini"] = its
    return store


def _redis(container):
    def store(jdks, base):
        server = databases.redis()
        host, _, port = server.url.partition(":")
        values = {"host": host, "port": port, "password": server.password}
        options = ["-Dsessions.%s=%s" % pair for pair in values.items()]
        store = Store(container, jdks, base, options)
        text = (FILES / "spring-session-web.xml").read_text("utf-8")
        (elements,) = re.findall("<web-app>(.*)</web-app>", text, re.S)
        xml = "spring-session.xml"
        files = {"WEB-INF/app/" + xml: FILES / xml, "WEB-INF/lib": TARGET / "redis"}
        files["WEB-INF/jetty-ee10-web.xml"] = FILES / "jetty-errors.xml"
        store.more.update(elements=elements, files=files)
        return store

    return store


STORES = {
    "delta": _Delta,
    "delta-any": _DeltaAny,
    "tomcat-postgresql": _tomcat_postgresql,
    "jetty-postgresql": _jetty_postgresql,
    "tomcat-redis": _redis("tomcat11"),
    "jetty-redis": _redis("jetty-ee10"),
}
DATABASES = ["tomcat-postgresql", "jetty-postgresql"]
REDIS = ["tomcat-redis", "jetty-redis"]
