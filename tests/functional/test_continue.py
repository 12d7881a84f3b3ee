"""100-continue: no interim response before the application reads (RFC 9110, 10.1.1).

Jetty behaves so as it is, Tomcat with continueResponseTiming="onRead": the second
connector of the harness has that.
"""

import itertools
import os

import client
import polling

EXPECT = [("Content-Length", "4"), ("Expect", "100-continue")]
_numbers = itertools.count()


def _ask(mounted, query):
    target = mounted.prefix + "/?" + query
    return client.fetch(mounted.server.tuned_address, "GET", target).body


def test_interim_response_comes_when_the_application_reads(mount):
    mounted = mount("gate")
    gate = "%d-%d" % (os.getpid(), next(_numbers))
    with mounted.connect(tuned=True) as connection:
        connection.request("POST", mounted.prefix + "/?enter=" + gate, EXPECT)
        polling.until(lambda: _ask(mounted, "state=" + gate) == b"waiting")
        assert connection.silent_for(0.3)
        assert _ask(mounted, "open=" + gate) == b"open"
        interim = connection.receive_any_head()
        assert interim.status == 100
        connection.send(b"body")
        response = connection.receive()
    assert (response.status, response.body) == (200, b"body")
    assert response.informational == []


def test_no_interim_response_when_the_application_does_not_read(mount):
    mounted = mount("hello")
    with mounted.connect(tuned=True) as connection:
        connection.request("POST", mounted.prefix + "/", EXPECT)
        response = connection.receive()
    assert (response.status, response.body) == (200, b"hello")
    assert response.informational == []


def test_body_sent_without_waiting_is_read(mount):
    mounted = mount("reads")
    with mounted.connect(tuned=True) as connection:
        connection.request("POST", mounted.prefix + "/?read", EXPECT, b"body")
        response = connection.receive()
    assert (response.status, response.json()) == (200, ["body"])
