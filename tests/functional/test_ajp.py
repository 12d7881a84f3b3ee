"""Behind a real Apache httpd, by AJP: who, from where and how; and every octet.

Apache's configuration and Tomcat's connector are those of docs/deploy/tomcat.md.
"""

import base64
import contextlib
import hashlib
import re
import socket
import ssl
from typing import NamedTuple

import pytest

import board
import certificates
import client
import fronts
import mounts
from containers.tomcat import PAGE
from users import PASSWORDS

ASKED = ("board", "compared", "digest", "environ", "streams", "vanishing")
pytestmark = pytest.mark.parametrize("entry", ["servlet"])

MODULES = [
    *("proxy", "proxy_ajp", "ssl", "authn_core", "authn_file"),
    *("auth_basic", "authz_user"),
]
TLS = """
Listen 127.0.0.1:{secure}
<VirtualHost 127.0.0.1:{secure}>
  SSLEngine on
  SSLCertificateFile "{files}/server.pem"
  SSLCertificateKeyFile "{files}/server-key.pem"
  SSLCACertificateFile "{files}/client.pem"
  SSLVerifyClient optional
</VirtualHost>
"""
FORGED = [
    ("Remote-User", "root"),
    ("X-Forwarded-For", "192.0.2.7"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Host", "evil.example"),
]
MEGABYTES = bytes(range(256)) * 4096 * 3


class Front(NamedTuple):
    """Apache as tests of a container see that."""

    address: tuple
    secure_address: tuple
    certificates: object
    log: object


def _configuration(server, secure, secret=None):
    """The page's own text for Apache, at the places that things have here."""
    (text,) = re.findall(r"```apache\n(ProxyPass .*?)```", PAGE, re.DOTALL)
    for there, here in {
        ":8009/": ":%d/" % server.ajp_port,
        "/shop/members": "/servlet/environ/members",
        "/shop": "/servlet",
        "/etc/apache2/members": str(server.base / "members"),
        "secret=changeit": "secret=" + (secret or "changeit"),
    }.items():
        assert there in text
        text = text.replace(there, here)
    values = {"secure": secure, "files": server.certificates}
    return text + TLS.format(**values)


def _apache(server, secret=None):
    with socket.create_server(("127.0.0.1", 0)) as free:
        secure = free.getsockname()
    hashed = base64.b64encode(hashlib.sha1(PASSWORDS["alice"].encode()).digest())
    (server.base / "members").write_text("alice:{SHA}%s\n" % hashed.decode())
    text = _configuration(server, secure[1], secret)
    return secure, fronts.apache(server.base / "apache", MODULES, text)


@pytest.fixture(scope="module")
def front(server):
    secure, running = _apache(server)
    with running as address:
        yield Front(address, secure, server.certificates, server.log)


@pytest.fixture
def through(front, entry):
    """through("name") is the app of that name, asked through Apache."""
    return lambda name: mounts.Mounted(front, entry, name)


def _strings(response):
    assert response.status == 200, response
    return response.json()["strings"]


# Who, from where, and how


def test_login_of_apache_is_the_remote_user(through):
    token = base64.b64encode(("alice:" + PASSWORDS["alice"]).encode()).decode()
    fields = [("Authorization", "Basic " + token), *FORGED]
    environ = _strings(through("environ").get("/members/", fields))
    assert (environ["REMOTE_USER"], environ["AUTH_TYPE"]) == ("alice", "Basic")


def test_nobody_is_let_in_without_a_password(through):
    assert through("environ").get("/members/", FORGED).status == 401


def test_nobody_has_logged_in_elsewhere(through):
    environ = _strings(through("environ").get("/", FORGED))
    assert "REMOTE_USER" not in environ and "AUTH_TYPE" not in environ


def _by_tls(through, front, known=False):
    """environ's strings of a request by TLS; `known`: with the client's certificate."""
    files = front.certificates
    tls = ssl.create_default_context(cafile=files / "server.pem")
    if known:
        tls.load_cert_chain(files / "client.pem", files / "client-key.pem")
    connection = client.Connection(front.secure_address, tls=tls)
    with contextlib.closing(connection):
        target = through("environ").prefix + "/"
        connection.request("GET", target, [("Host", "shop.example")])
        return _strings(connection.receive())


def test_certificate_of_the_client_is_described(through, front):
    environ = _by_tls(through, front, known=True)
    assert environ["SSL_CLIENT_VERIFY"] == "SUCCESS"
    assert environ["SSL_CLIENT_S_DN"] == certificates.CLIENT_NAME
    assert environ["SSL_CLIENT_CERT"].startswith("-----BEGIN CERTIFICATE-----")


def test_connection_of_the_client_is_described(through, front):
    environ = _by_tls(through, front)
    assert environ["SSL_CIPHER"].startswith("TLS_")
    assert int(environ["SSL_CIPHER_USEKEYSIZE"]) >= 128
    assert environ["SSL_CLIENT_VERIFY"] == "NONE"


def test_scheme_is_that_of_the_client(through, front):
    environ = _by_tls(through, front)
    assert (environ["wsgi.url_scheme"], environ["HTTPS"]) == ("https", "on")
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("shop.example", "443")


def test_scheme_is_http_whatever_fields_say(through):
    environ = _strings(through("environ").get("/", FORGED))
    assert environ["wsgi.url_scheme"] == "http" and "HTTPS" not in environ


def test_address_is_that_of_the_client(through, front):
    # All of 127.0.0.0/8 is this machine: a client with another address than Apache.
    source = ("127.0.0.9", 0)
    with socket.create_connection(front.address, client.TIMEOUT, source) as connection:
        port = connection.getsockname()[1]
        target = through("environ").prefix + "/"
        fields = [*FORGED, ("Connection", "close"), ("Host", "shop.example:8080")]
        connection.sendall(client.compose("GET", target, fields))
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    for output in (
        '"REMOTE_ADDR": "127.0.0.9"',
        '"REMOTE_HOST": "127.0.0.9"',
        '"REMOTE_PORT": "%d"' % port,
        '"SERVER_NAME": "shop.example"',
        '"SERVER_PORT": "8080"',
    ):
        assert output in answer


def test_proxy_without_the_secret_is_refused(server, entry):
    _, running = _apache(server, secret="guessed")
    with running as address:
        assert client.fetch(address, "GET", "/servlet/environ/").status == 403


# Every octet


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ("/a%20b/%C3%A9", "/a b/\xc3\xa9"),
        ("/%E2%82%AC;x=1/c+d", "/\xe2\x82\xac;x=1/c+d"),
        ("/%F0%9D%84%9E", "/\xf0\x9d\x84\x9e"),
        ("/a/../b/./c", "/b/c"),
        ("/100%25", "/100%"),
        ("/%22%3Cx%3E", '/"<x>'),
    ],
)
def test_path_arrives(through, sent, path):
    environ = _strings(through("environ").get(sent))
    assert environ["PATH_INFO"] == path
    assert environ["SCRIPT_NAME"] == "/servlet/environ"


@pytest.mark.parametrize("query", ["a=%C3%A9&b=+%2B?", "%zz", "", "a=%E9%00"])
def test_query_arrives(through, query):
    environ = _strings(through("environ").get("/?" + query))
    assert environ["QUERY_STRING"] == query


def test_encoded_slash_is_refused_by_apache(through):
    assert through("environ").get("/a%2Fb").status == 404


def test_repeated_fields_are_joined(through):
    fields = [("X-Twice", "1"), ("X-Twice", "2"), ("Cookie", "a=1"), ("Cookie", "b=2")]
    environ = _strings(through("environ").get("/", fields))
    assert environ["HTTP_X_TWICE"] == "1, 2"
    assert environ["HTTP_COOKIE"] == "a=1, b=2"


def test_octets_of_a_field_arrive(through):
    environ = _strings(through("environ").get("/", [("X-Octets", "\xe9\xff\xc3\xa9")]))
    assert environ["HTTP_X_OCTETS"] == "\xe9\xff\xc3\xa9"


def test_field_that_fits_into_no_packet_is_refused(through):
    assert through("environ").get("/", [("X-Long", "x" * 6000)]).status == 200
    assert through("environ").get("/", [("X-Long", "x" * 8150)]).status == 400


@pytest.mark.parametrize("chunked", [False, True])
def test_large_body_arrives(through, chunked):
    fields, sent = [], MEGABYTES
    if chunked:
        fields = [("Transfer-Encoding", "chunked")]
        sent = client.chunk(MEGABYTES[:-1]) + client.chunk(MEGABYTES[-1:])
        sent += client.chunk(b"")
    response = through("digest").post("/", sent, fields)
    expected = "%d %s" % (len(MEGABYTES), hashlib.sha256(MEGABYTES).hexdigest())
    assert response.body.decode() == expected


def test_fields_of_a_response_are_sent_one_by_one(through):
    response = through("compared").get("/?repeated_headers")
    assert response.all("Set-Cookie") == ["a=1", "b=2"]
    assert (response.status, response.body) == (200, b"block")


@pytest.mark.parametrize("case", ["no_content", "not_modified", "not_found"])
def test_response_without_a_body_leaves_the_connection_right(through, case):
    mounted = through("compared")
    with mounted.connect() as connection:
        connection.request("HEAD", mounted.prefix + "/?" + case)
        assert connection.receive("HEAD").complete
        connection.request("GET", mounted.prefix + "/?one_block")
        assert connection.receive().body == b"block"


# Responses that take their time, or end before it


def test_block_arrives_before_the_next_is_asked_for(through):
    mounted, notes = through("streams"), board.Board(through)
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query("generator"))
        connection.receive_head()
        for block in ("one,", "two,", "three."):
            connection.read_until(block.encode())
            notes.add("seen " + block)
        assert connection.read_piece() == b""


@pytest.mark.parametrize(
    ("case", "code"),
    [("raises_after_a_block", "IS0036"), ("shorter_than_declared", "IS0034")],
)
def test_response_that_is_cut_short_ends_in_good_order(through, front, case, code):
    # Tomcat has no message for it but AJP's ordinary end (AjpProcessor.finishResponse),
    # and Apache sends chunks whatever length it was told.
    mark = front.log.mark()
    response = through("compared").get("/?" + case)
    assert (response.body, response.complete) == (b"block", True)
    assert response.header("Content-Length") is None
    front.log.wait_for(r"%s: .*/compared/\?%s" % (code, case), mark)


def test_client_that_vanishes_is_an_ioerror_and_no_error_in_the_log(through, front):
    mounted, notes = through("vanishing"), board.Board(through)
    mark = front.log.mark()
    connection = mounted.connect()
    connection.request("GET", mounted.prefix + notes.query("written_and_caught"))
    connection.receive_head()
    connection.read_until(b"begun")
    connection.abort()
    notes.add("gone")
    noted = notes.wait_for("closed")
    assert "all was sent" not in noted
    assert [n for n in notes.notes() if n.startswith("IOError")] != []
    records = notes.records(mark)
    assert [r for r in records if r.level in ("ERROR", "WARNING")] == []
