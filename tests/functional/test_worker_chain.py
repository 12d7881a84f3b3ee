"""isthmus.chain on CPython: workers that end, and limits, amid what Java code does.

test_chain.py has what both engines do alike. Workers end here, so they are its own.
"""

import concurrent.futures
import os
import signal

import pytest

import client
from paths import HERE
from wars import War
from webxml import Filter, Servlet, WebXml

SITE = "/site/worker-chain"
CHAIN = {"isthmus.app": "around:application", "isthmus.filter.chain": "wsgi"}
WARS = [
    War(
        SITE,
        WebXml(
            filters=[
                Filter("around", ["/java/*", "/python/*"], CHAIN),
                Filter("timed", ["/timed/*"], {**CHAIN, "isthmus.timeout": "2"}),
            ],
            servlets=[
                Servlet(
                    "java",
                    ["/java/*", "/timed/*"],
                    class_name="functional.PersistentServlet",
                ),
                Servlet("python", ["/python/*"], {"isthmus.app": "around:behind"}),
            ],
            # As many requests as that must not wait for each other.
            context_params={"isthmus.worker.threads": "2"},
        ),
        files={"WEB-INF/app": HERE / "sites" / "worker_chain"},
        java=["functional/PersistentServlet.java"],
    )
]


def _ask(server, path, way="", method="GET", body=None):
    headers = [("X-Way", way)]
    return client.fetch(server.address, method, SITE + path, headers, body)


@pytest.fixture
def begin(server):
    """Begins a request with a body of four octets, which are still to be sent."""
    connections = []

    def begun(path):
        connection = client.Connection(server.address)
        connections.append(connection)
        connection.request("POST", SITE + path, [("Content-Length", "4")])
        return connection

    yield begun
    for connection in connections:
        connection.close()


def test_worker_that_ends_before_the_head_is_a_502(server):
    mark = server.log.mark()
    assert _ask(server, "/java/stream", "dies before", "POST", b"").status == 502
    server.log.wait_for("a servlet cannot write: java.io.IOException", mark)
    server.log.wait_for("a servlet has ended", mark)
    server.log.wait_for("IS0182", mark)
    assert _ask(server, "/java/stream", body=b"", method="POST").body == b"begun;more;"


def test_worker_that_ends_amid_a_response_cuts_it(server):
    mark = server.log.mark()
    with client.Connection(server.address) as connection:
        connection.request("POST", SITE + "/java/stream", [("X-Way", "dies")], b"")
        response = connection.receive("POST")
    assert (response.status, response.body, response.complete) == (
        200,
        b"begun;",
        False,
    )
    server.log.wait_for("a servlet has ended", mark)


def test_worker_that_is_killed_while_java_reads_cuts_the_response(server, begin):
    connection = begin("/java/stream")
    response = connection.receive_head("POST")
    connection.read_until(b"begun;")
    mark = server.log.mark()
    os.kill(int(response.header("X-Pid")), signal.SIGKILL)
    server.log.wait_for("IS0183", mark)
    connection.send(b"more")
    while connection.read_piece():
        pass
    assert (response.body, response.complete) == (b"begun;", False)
    server.log.wait_for("a servlet cannot write: java.io.IOException", mark)


def test_timeout_in_python_is_a_504(server):
    mark = server.log.mark()
    assert _ask(server, "/timed/stream", "sleeps", "POST", b"").status == 504
    server.log.wait_for("IS0093.*timed/stream", mark)
    records = [r for r in server.log.records(mark) if r.level == "ERROR"]
    assert any("in _sleeps" in r.text for r in records)
    server.log.wait_for("a servlet has ended", mark)


def test_timeout_in_java_is_a_504_when_java_writes(server, begin):
    mark = server.log.mark()
    connection = begin("/timed/read")
    server.log.wait_for("IS0093.*timed/read", mark)
    connection.send(b"more")
    assert connection.receive("POST").status == 504
    server.log.wait_for("a servlet cannot write: ", mark)


def test_client_that_vanishes_ends_the_servlet(server):
    mark = server.log.mark()
    with client.Connection(server.address) as connection:
        connection.request("GET", SITE + "/java/pour")
        connection.receive_head()
        connection.read_until(b"x" * 65536)
        connection.abort()
    server.log.wait_for("a servlet has ended", mark)
    records = [r for r in server.log.records(mark) if "/java/pour" in r.text]
    assert [r for r in records if r.level in ("WARNING", "ERROR")] == []


def test_slots_serve_chain_after_chain(server):
    def ask(number):
        body = b"%d" % number * 50000
        return _ask(server, "/java/stream", "", "POST", body).body

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(80)))
    assert answers == [b"begun;more;"] * 80


def test_python_behind_python_is_refused(server):
    mark = server.log.mark()
    assert _ask(server, "/python/").status == 500
    server.log.wait_for("IS0511", mark)


def test_other_thread_of_java_is_refused(server):
    mark = server.log.mark()
    assert _ask(server, "/java/thread").status == 200
    server.log.wait_for("a servlet cannot write: .*IS0518", mark)


def test_worker_that_asks_after_the_end_of_the_chain_is_refused(server):
    mark = server.log.mark()
    with client.Connection(server.address) as connection:
        connection.request("POST", SITE + "/java/read", [("X-Way", "asks again")], b"")
        response = connection.receive("POST")
    assert (response.body, response.complete) == (b"read;", False)
    server.log.wait_for("CHAIN after the end", mark)
    assert _ask(server, "/java/stream", body=b"", method="POST").body == b"begun;more;"


def test_exception_of_java_is_raised_in_python(server):
    mark = server.log.mark()
    # Tomcat makes a ServletException of an Error, Jetty does not.
    assert _ask(server, "/java/link", "fails").body.startswith(b"RuntimeError: IS0516")
    body = _ask(server, "/java/fail", "fails").body.decode()
    assert body.startswith("RuntimeError: IS0516")
    assert "java.lang.IllegalStateException: told to fail" in body
    # With the place.
    server.log.wait_for(r"at .*PersistentServlet\.service", mark)
    mark = server.log.mark()
    body = _ask(server, "/java/io", "fails").body
    assert body == b"OSError: java.io.IOException: told to fail"
    server.log.wait_for(r"java\.io\.IOException: told to fail\n\s+at .*service", mark)
