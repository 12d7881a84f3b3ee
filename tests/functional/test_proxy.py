"""Behind a proxy: what the container takes from its fields is what environ has.

The element for Tomcat (everywhere.py) and the lines for nginx are those that
docs/deploy/tomcat.md shows; Jetty's second connector has the customizer of
docs/deploy/jetty.md.
"""

import re
import socket

import pytest

import client
import fronts
from everywhere import PAGE, PATH, WAR

FIELDS = [
    ("Host", "inner:8080"),
    ("X-Forwarded-For", "192.0.2.7"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Host", "shop.example"),
    ("X-Forwarded-Port", "443"),
]
SEEN = {
    "wsgi.url_scheme": "https",
    "HTTPS": "on",
    "SERVER_NAME": "shop.example",
    "SERVER_PORT": "443",
    "REMOTE_ADDR": "192.0.2.7",
    "REMOTE_HOST": "192.0.2.7",
}
WARS = [WAR]


def _environ(address, path):
    return client.fetch(address, "GET", path, FIELDS).json()["strings"]


@pytest.fixture(scope="module")
def nginx(server):
    """The address of a real nginx with the lines of the page."""
    (text,) = re.findall(r"```nginx\n(.*?)```", PAGE, re.DOTALL)
    for there, here in {
        "127.0.0.1:8080": "%s:%d" % server.tuned_address[:2],
        "/shop/": PATH + "/",
    }.items():
        assert there in text
        text = text.replace(there, here)
    # What is left of braces is nginx's own.
    text = text.replace("{", "{{").replace("}", "}}")
    with fronts.nginx(server.base / "nginx", text) as address:
        yield address


def test_url_behind_nginx_is_that_of_its_client(server, nginx):
    # All of 127.0.0.0/8 is this machine: a client with another address than nginx.
    source = ("127.0.0.9", 0)
    fields = [("Host", "shop.example"), ("Connection", "close"), *FIELDS[1:4]]
    forged = client.compose("GET", PATH + "/", fields)
    with socket.create_connection(nginx, client.TIMEOUT, source) as connection:
        connection.sendall(forged.replace(b"https", b"gopher"))
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    # Jetty makes it of the forwarded host and port, Tomcat leaves it as it came.
    port = ":%d" % nginx[1] if server.name.startswith("jetty") else ""
    for seen in (
        '"HTTP_HOST": "shop.example%s"' % port,
        '"SERVER_NAME": "shop.example"',
        '"SERVER_PORT": "%d"' % nginx[1],
        '"wsgi.url_scheme": "http"',
        '"REMOTE_ADDR": "127.0.0.9"',
    ):
        assert seen in answer


def test_status_servlet_is_hidden_by_nginx(nginx):
    assert client.fetch(nginx, "GET", PATH + "/isthmus/ready").status == 404


@pytest.mark.parametrize("key", SEEN)
def test_proxy_that_is_trusted_speaks_for_the_client(server, key):
    environ = _environ(server.tuned_address, PATH + "/")
    assert environ.get(key) == SEEN[key]


def test_proxy_that_is_not_configured_is_not_believed(mount):
    mounted = mount("environ")
    environ = _environ(mounted.server.address, mounted.prefix + "/")
    assert [key for key in SEEN if environ.get(key) == SEEN[key]] == []


def test_address_that_is_forwarded_has_no_brackets(mount):
    # RFC 7239, 6 has them round an IPv6 address, REMOTE_ADDR not (RFC 3875, 4.1.8).
    mounted = mount("environ")
    fields = [("Forwarded", 'for="[2001:db8::7]:4711"')]
    with mounted.connect(tuned=True) as connection:
        connection.request("GET", mounted.prefix + "/", fields)
        environ = connection.receive().json()["strings"]
    jetty = mounted.server.name.startswith("jetty")
    assert environ["REMOTE_ADDR"] == ("2001:db8::7" if jetty else "127.0.0.1")
    assert environ["REMOTE_HOST"] == environ["REMOTE_ADDR"]
