"""Servers whose sessions are in a store, configured as docs/cluster.md has it.

The databases are those of the functional suite, started when they are first needed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench import artifacts, containers
from bench.artifacts import ROOT
from bench.process import Server, free_port
from bench.workloads import Workload

FUNCTIONAL = ROOT / "tests" / "functional"
FILES = FUNCTIONAL / "cluster"
sys.path.append(str(FUNCTIONAL))

import databases  # noqa: E402
import jetty_store  # noqa: E402

HOST = "127.0.0.1"


@contextmanager
def server(peer: str, workload: Workload, options):
    """The server, not started, beside what it needs that is."""
    make = {
        "memory": _plain,
        "jetty-memory": _plain,
        "delta": _delta,
        "postgresql": _postgresql,
        "redis": _redis,
        "jetty-postgresql": _jetty_postgresql,
    }[workload.store]
    made, *others = make(peer, workload.app, options)
    try:
        for other in others:
            other.start()
        yield made
    finally:
        for other in others:
            other.stop()


def stop() -> None:
    """Stop the databases."""
    databases.stop()


def _plain(peer, app, options) -> list[Server]:
    return [containers.server(peer, app, options)]


def _delta(peer, app, options) -> list[Server]:
    ports = free_port(), free_port()
    element = _text("tomcat-delta.xml")
    nodes = []
    for index in (0, 1):
        flags = [f"-Dnode.name=node{index + 1}"]
        for name, at in (("node", index), ("peer", 1 - index)):
            flags += [f"-D{name}.address={HOST}", f"-D{name}.port={ports[at]}"]
            flags.append(f"-D{name}.id={at + 1}")
        node = _made(peer, app, options, flags, suffix=f"-{index + 1}")
        _edit(node.cwd / "conf" / "server.xml", "<Host ", element + "<Host ")
        _distribute(node)
        node.awaited = "Replication member added"
        nodes.append(node)
    return nodes


def _postgresql(peer, app, options) -> list[Server]:
    database = databases.postgresql()
    _create_table(database)
    names = ("url", "user", "password")
    flags = [f"-Dsessions.{pair[0]}={pair[1]}" for pair in zip(names, database[:3])]
    made = _made(peer, app, options, flags)
    artifacts.link(_driver(), made.cwd / "lib" / "postgresql.jar")
    contexts = made.cwd / "conf" / "Catalina" / "localhost"
    contexts.mkdir(parents=True)
    (contexts / "ROOT.xml").write_text(_text("tomcat-store.xml"), encoding="utf-8")
    _distribute(made)
    return [made]


def _create_table(database) -> None:
    sql = _text("tomcat-store.sql")
    for kind in ("table", "index"):
        sql = sql.replace(f"create {kind} ", f"create {kind} if not exists ")
    address = database.url.removeprefix("jdbc:")
    address = address.replace("://", f"://{database.user}@")
    subprocess.run(
        ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, address],
        env={**os.environ, "PGPASSWORD": database.password},
        stderr=subprocess.DEVNULL,
        check=True,
    )


def _redis(peer, app, options) -> list[Server]:
    database = databases.redis()
    host, _, port = database.url.partition(":")
    values = {"host": host, "port": port, "password": database.password}
    flags = [f"-Dsessions.{name}={value}" for name, value in values.items()]
    made = _made(peer, app, options, flags)
    (elements,) = re.findall(
        "<web-app>(.*)</web-app>", _text("spring-session-web.xml"), re.S
    )
    web_inf = made.cwd / "webapps" / "ROOT" / "WEB-INF"
    for jar in artifacts.copied("redis").glob("*.jar"):
        artifacts.link(jar, web_inf / "lib" / jar.name)
    artifacts.link(FILES / "spring-session.xml", web_inf / "app" / "spring-session.xml")
    _distribute(made, elements)
    return [made]


def _jetty_postgresql(peer, app, options) -> list[Server]:
    made = _made(peer, app, options, [])
    ini = jetty_store.ini(databases.postgresql())
    (made.cwd / "start.d" / "sessions.ini").write_text(ini, encoding="utf-8")
    artifacts.link(FILES / "jetty-pool.xml", made.cwd / "etc" / "sessions-pool.xml")
    (pool,) = artifacts.copied("jetty").glob("HikariCP-*.jar")
    artifacts.link(pool, made.cwd / "lib" / "ext" / "hikaricp.jar")
    artifacts.link(_driver(), made.cwd / "lib" / "ext" / "postgresql.jar")
    _distribute(made)
    return [made]


def _made(peer, app, options, flags, suffix="") -> Server:
    options = replace(options, flags=(*options.flags, *flags))
    return containers.server(peer, app, options, suffix)


def _distribute(made: Server, elements: str = "") -> None:
    web_xml = made.cwd / "webapps" / "ROOT" / "WEB-INF" / "web.xml"
    _edit(web_xml, "</web-app>", f"<distributable/>{elements}</web-app>")


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")


def _text(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def _driver() -> Path:
    (driver,) = artifacts.copied("drivers").glob("postgresql-*.jar")
    return driver
