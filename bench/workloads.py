"""The workloads: which application is asked what, and which peers answer."""

from __future__ import annotations

from dataclasses import dataclass

HUNDRED_MB = 100 * 1024 * 1024

# What Chromium sends with a navigation, without the client hints: twelve headers.
BROWSER = (
    ("Host", "www.example.org"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like"
     " Gecko) Chrome/131.0.0.0 Safari/537.36"),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,"
     "image/webp,image/apng,*/*;q=0.8"),
    ("Accept-Language", "en-GB,en;q=0.9,de;q=0.8"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Referer", "http://www.example.org/index.html"),
    ("Cookie", "session=b1946ac92492d2347c6235b4d2611184; theme=light"),
    ("Connection", "keep-alive"),
    ("Cache-Control", "max-age=0"),
    ("Upgrade-Insecure-Requests", "1"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Site", "same-origin"),
)  # fmt: skip

# Just the four that apps/keys.py reads.
READ = (
    ("Host", "www.example.org"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),
    ("Accept", "text/html,*/*;q=0.8"),
    ("Cookie", "session=b1946ac92492d2347c6235b4d2611184"),
)


@dataclass(frozen=True)
class Workload:
    """One thing to measure; `peers` may end in `*` for every peer of that beginning."""

    name: str
    title: str
    app: str
    peers: tuple[str, ...]
    path: str = "/"
    kind: str = "requests"  # requests | download | upload | allocation
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b"Hello, world!"
    connections: int = 16
    warm_up: int = 30  # seconds at most; it ends when the JVM compiles no more
    usual: bool = True  # part of a run without --only
    store: str = ""  # where the sessions are: bench/stores.py


SMALL = ("isthmus", "servlet", "isthmus+parallel", "servlet+parallel", "modjy")
BULK = ("isthmus", "servlet")
# On CPython: isthmus.engine=cpython beside servers of the same CPython.
PYTHON3 = ("workers", "gunicorn", "granian", "uwsgi")
FLASK = ("isthmus", "isthmus+parallel", "gunicorn-*", "granian", "uwsgi")

# Where the sessions are, and the container that has them there: bench/stores.py.
STORES = {
    "memory": "tomcat11",
    "delta": "tomcat11",
    "postgresql": "tomcat11",
    "redis": "tomcat11",
    "jetty-memory": "jetty",
    "jetty-postgresql": "jetty",
}


def of_sessions(store: str, container: str) -> list[Workload]:
    """A read of the session in each request, and a read and a write."""
    peers = tuple(f"{kind}@{container}" for kind in ("isthmus", "workers", "servlet"))
    return [
        Workload(
            f"session-{store}-{way}", f"{title}, {store}", "session", peers,
            path=f"/{way}", warm_up=8, usual=False, store=store,
        )
        for way, title in (("read", "Session read"), ("write", "Session written"))
    ]  # fmt: skip


WORKLOADS = (
    Workload(
        "hello", "Hello, 13 bytes", "hello",
        (*SMALL, "gunicorn-*", "uwsgi", "waitress", "granian"),
    ),
    Workload(
        "metrics", "Hello with and without metrics", "hello", ("isthmus", "unmetered"),
    ),
    Workload(
        "hello-browser", "Hello with a browser's twelve headers", "hello",
        (*SMALL, "uwsgi", "granian"), headers=BROWSER,
    ),
    Workload(
        "keys", "Twelve environ keys read, five headers set", "keys", SMALL,
        path="/keys?a=1&b=2", headers=READ,
    ),
    Workload(
        "stream", "Generator, 1600 blocks of 64 KiB", "stream", BULK,
        kind="download", body=b"",
    ),
    Workload(
        "download", "wsgi.file_wrapper, a file of 100 MiB", "download", BULK,
        path="/data.bin", kind="download", body=b"",
    ),
    Workload(
        "upload", "Upload of 100 MiB read by 64 KiB", "upload", BULK,
        kind="upload", body=b"",
    ),
    Workload(
        "flask-hello", "Flask, hello route", "flask_app", FLASK,
        path="/hello", warm_up=90,
    ),
    Workload(
        "flask-template", "Flask, cached template of ten rows", "flask_app", FLASK,
        path="/template", body=b"<td>Row &lt;9&gt;</td>", warm_up=90,
    ),
    # PostgreSQL is a process of its own, so that CPU is the JVM's alone: with H2, its
    # work would be in both, and make them look more alike.
    Workload(
        "products", "One indexed SELECT from PostgreSQL, through the container's pool",
        "products", BULK, path="/?42", body=b"product 42 costs 42.50", warm_up=60,
    ),
    Workload(
        "workers-hello", "CPython: hello, 13 bytes", "hello", (*PYTHON3, "servlet"),
    ),
    Workload(
        "workers-flask", "CPython: Flask 3, hello route", "flask_app", PYTHON3,
        path="/hello",
    ),
    Workload(
        "workers-template", "CPython: Flask 3, cached template of ten rows",
        "flask_app", PYTHON3, path="/template", body=b"<td>Row &lt;9&gt;</td>",
    ),
    Workload(
        "workers-waits", "CPython: 50 ms of waiting, 64 connections", "waits",
        ("workers", "gunicorn"), connections=64,
    ),
    Workload(
        "workers-stream", "CPython: generator, 1600 blocks of 64 KiB", "stream",
        ("workers", "gunicorn", "granian", "servlet"), kind="download", body=b"",
    ),
    Workload(
        "workers-download", "CPython: wsgi.file_wrapper, a file of 100 MiB",
        "download", ("workers", "gunicorn", "granian", "servlet"),
        path="/data.bin", kind="download", body=b"",
    ),
    Workload(
        "workers-upload", "CPython: upload of 100 MiB read by 64 KiB", "upload",
        ("workers", "gunicorn", "granian", "servlet"), kind="upload", body=b"",
    ),
    Workload(
        "allocation", "Octets allocated per hello", "allocation", BULK,
        kind="allocation",
    ),
    Workload(
        "chain", "Python as a filter around a servlet (isthmus.chain)", "chain",
        ("isthmus", "workers", "servlet"),
    ),
    Workload(
        "containers", "Hello in other containers", "hello",
        ("isthmus@tomcat11", "servlet@tomcat11", "isthmus@jetty", "servlet@jetty"),
    ),
    Workload(
        "flags", "Flask hello route under JVM flags", "flask_app",
        ("isthmus", "isthmus+*"), path="/hello", warm_up=90, usual=False,
    ),
    *(load for pair in STORES.items() for load in of_sessions(*pair)),
)  # fmt: skip

BY_NAME = {workload.name: workload for workload in WORKLOADS}
