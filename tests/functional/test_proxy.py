"""Behind a proxy: what the container takes from its fields is what environ has.

The elements for Tomcat are those that docs/deploy/tomcat.md shows; Jetty's second
connector has the customizer of docs/deploy/jetty.md.
"""

import re

import pytest

import client
from paths import HERE
from wars import Operator, War
from webxml import Servlet, WebXml

PAGE = (HERE.parents[1] / "docs" / "deploy" / "tomcat.md").read_text()
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


def _valve():
    (valve,) = re.findall(r"<Valve className=[^>]*RemoteIpValve[^>]*/>", PAGE)
    return valve


WARS = [
    War(
        "/proxied",
        WebXml(
            servlets=[
                Servlet("environ", ["/*"], {"isthmus.app": "environ:application"})
            ]
        ),
        files={"WEB-INF/app/environ.py": HERE / "apps" / "environ.py"},
        probe="/",
        operator=Operator(tomcat=_valve(), jetty="", etc={}),
    )
]


def _environ(address, path):
    return client.fetch(address, "GET", path, FIELDS).json()["strings"]


@pytest.mark.parametrize("key", SEEN)
def test_proxy_that_is_trusted_speaks_for_the_client(server, key):
    environ = _environ(server.tuned_address, "/proxied/")
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
