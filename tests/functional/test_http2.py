"""HTTP/2, by TLS (h2) and without (h2c): all of requests/, and what is its own.

A request of HTTP/1 has one form in HTTP/2: `http2.translated`. On one container of each
family: HTTP/2 is the same code in all of its versions.
"""

import json
import re
import ssl
import uuid

import pytest

import http2
import request_files
from mounts import APPS
from wars import War
from webxml import Servlet, WebXml

BOOT = "few"  # The container has HTTP/2 there, and no other test does anything with it.

SCRIPT = "/http2/environ"
WARS = [
    War(
        "/http2",
        WebXml(
            servlets=[
                Servlet(name, ["/%s/*" % name], {"isthmus.app": name + ":application"})
                for name in ("environ", "reads")
            ]
        ),
        files={
            "WEB-INF/app/%s.py" % name: APPS / (name + ".py")
            for name in ("environ", "reads")
        },
    )
]


class Transport:
    """Where a request goes: h2c in the clear, or h2 by TLS."""

    def __init__(self, server, name):
        self.server = server
        self.scheme = b"https" if name == "h2" else b"http"
        self.is_secure = name == "h2"

    def fetch(self, fields, body=b"", tuned=False, pieces=None):
        server = self.server
        tls = None
        address = server.tuned_address if tuned else server.address
        if self.is_secure:
            tls = ssl.create_default_context(cafile=server.certificates / "server.pem")
            address = server.secure_address
        return http2.fetch(address, fields, body, tls, pieces)

    def places(self, tuned):
        server = self.server
        port = server.tuned_port if tuned else server.port
        port = str(server.secure_port if self.is_secure else port)
        name = "127.0.0.1"
        return {
            "{prefix}": SCRIPT,
            "{script}": SCRIPT,
            "{path}": "",
            "{host}": name + ":" + port,
            "{name}": name,
            "{port}": port,
            "{scheme}": self.scheme.decode(),
            "{usual}": "443" if self.is_secure else "80",
        }

    def ask(self, authority=None, path="/", fields=(), **more):
        """environ's strings of a GET."""
        sent = [(b":method", b"GET"), (b":scheme", self.scheme)]
        sent.append((b":path", (SCRIPT + path).encode()))
        if authority:
            sent.append((b":authority", authority.encode()))
        answer = self.fetch([*sent, *fields], **more)
        assert answer.status == 200
        return json.loads(answer.body)["strings"]


@pytest.fixture(params=["h2c", "h2"])
def transport(server, request):
    return Transport(server, request.param)


CASES = [case for case in request_files.load() if case.has_http2]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_request_gives_environ(transport, case):
    if case.tuned and transport.is_secure:
        # The connector with the advised settings has no TLS; they are not about it.
        transport = Transport(transport.server, "h2c")
    container = transport.server.name
    places = transport.places(case.tuned)
    request = case.request(places)
    fields, body = http2.translated(request, transport.scheme)
    try:
        answer = transport.fetch(fields, body, tuned=case.tuned)
        status = answer.status
    except http2.Reset:
        status = 0
    assert status in case.http2_statuses(container)
    if status == 200:
        expected = case.http2_environ(container, places)
        if transport.is_secure and "HTTPS" in expected:
            expected["HTTPS"] = "on"
        strings = json.loads(answer.body)["strings"]
        assert {key: strings.get(key) for key in expected} == expected


def test_authority_makes_host(transport):
    assert transport.ask("shop.example")["HTTP_HOST"] == "shop.example"
    assert transport.ask("shop.example:8081")["HTTP_HOST"] == "shop.example:8081"
    assert transport.ask("[::1]:8081")["HTTP_HOST"] == "[::1]:8081"


def test_port_of_the_scheme_is_left_out(transport):
    port = 443 if transport.is_secure else 80
    assert transport.ask("shop.example:%d" % port)["HTTP_HOST"] == "shop.example"


def test_cookies_in_several_fields_are_one(transport):
    crumbs = [(b"cookie", b"a=1"), (b"cookie", b"b=2")]
    assert transport.ask("shop.example", fields=crumbs)["HTTP_COOKIE"] == "a=1; b=2"


@pytest.mark.parametrize("pieces", [1, 4])
def test_body_without_a_length_is_read_and_measured(transport, pieces):
    # Frames are not too small: Tomcat takes many of these for an attack.
    body = b"some" + b"x" * 9996
    fields = [
        (b":method", b"POST"),
        (b":scheme", transport.scheme),
        (b":authority", b"shop.example"),
    ]
    path = (b":path", b"/http2/environ/")
    answer = transport.fetch([*fields, path], body, pieces=pieces)
    assert json.loads(answer.body)["strings"]["CONTENT_LENGTH"] == "10000"
    path = (b":path", b"/http2/reads/?read:4,read")
    answer = transport.fetch([*fields, path], body, pieces=pieces)
    assert json.loads(answer.body) == ["some", body[4:].decode()]


# Jetty resets the stream of the former, and answers the latter itself.
RESET = [["3, 3"], ["three"], ["3.0"]]
ANSWERED = [["3", "5"], ["3", "3"]]


@pytest.mark.parametrize(
    "lengths", [*RESET, *ANSWERED, ["-3"], ["+3"]], ids=" and ".join
)
def test_length_that_is_no_number_is_refused_before_the_body(transport, lengths):
    # None comes, so that the container has no say in it on another thread.
    key = uuid.uuid4().hex
    fields = [
        (b":method", b"POST"),
        (b":scheme", transport.scheme),
        (b":authority", b"shop.example"),
        (b":path", ("/http2/environ/?" + key).encode()),
        *((b"content-length", length.encode()) for length in lengths),
    ]
    log = transport.server.log
    mark = log.mark()
    jetty = transport.server.name.startswith("jetty")
    if jetty and lengths in RESET:
        with pytest.raises(http2.Reset):
            transport.fetch(fields, None)
        return
    assert transport.fetch(fields, None).status == 400
    if not jetty or lengths not in ANSWERED:
        log.wait_for("IS0134.*%s.*%s" % (re.escape(", ".join(lengths)), key), mark)


def test_request_without_a_body_has_no_length(transport):
    assert "CONTENT_LENGTH" not in transport.ask("shop.example")
