"""Python's ssl takes no certificate of one host for another's (PEP 476).

The servers are CPython's, in this process, with a certificate that the client trusts.
"""

import socket
import ssl
import subprocess
import threading
from urllib.parse import urlencode

import pytest

LIMIT = 60.0
PAGE = b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\na page"
WAYS = ("urllib2", "httplib", "late")


class Server(threading.Thread):
    """Answers each connection, and keeps what it was asked."""

    def __init__(self, directory, alternatives):
        super().__init__(daemon=True)
        self.certificate, self.asked = directory / "server.pem", []
        _openssl(directory, alternatives)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.certificate, directory / "key.pem")
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self._socket = tls.wrap_socket(
            listening, server_side=True, do_handshake_on_connect=False
        )

    def run(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self._answer(connection)

    def _answer(self, connection):
        connection.settimeout(LIMIT)
        try:
            connection.do_handshake()
            self.asked.append(connection.recv(4096))
            connection.sendall(PAGE)
        except OSError as refused:
            self.asked.append(type(refused).__name__)

    def stop(self):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self.join(LIMIT)


def _openssl(directory, alternatives):
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/O=Isthmus/CN=Isthmus"]
    command += ["-addext", "subjectAltName=" + alternatives]
    command += ["-keyout", "key.pem", "-out", "server.pem"]
    subprocess.run(command, cwd=directory, check=True, capture_output=True)


@pytest.fixture
def serving(tmp_path):
    """Start a server whose certificate is for these names."""
    servers = []

    def start(alternatives):
        servers.append(Server(tmp_path, alternatives))
        servers[-1].start()
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def _ask(mount, server, way, host="localhost"):
    asked = {"way": way, "host": host, "port": server.port, "ca": server.certificate}
    return mount("asks_by_tls").get("?" + urlencode(asked)).body.decode()


@pytest.mark.parametrize("way", WAYS)
def test_certificate_of_another_host_is_refused(mount, serving, way):
    server = serving("DNS:elsewhere.example,IP:127.0.0.2")
    message = _ask(mount, server, way)
    assert "certificate verify failed" in message and "localhost" in message
    # Not one octet of a request has left.
    assert [asked for asked in server.asked if isinstance(asked, bytes) and asked] == []


@pytest.mark.parametrize("way", WAYS)
def test_certificate_of_this_host_is_accepted(mount, serving, way):
    server = serving("DNS:localhost")
    assert _ask(mount, server, way) == "a page"
    assert server.asked[0].startswith(b"GET / ")


def test_address_is_compared_with_the_addresses_of_the_certificate(mount, serving):
    server = serving("DNS:elsewhere.example,IP:127.0.0.1")
    assert _ask(mount, server, "urllib2", "127.0.0.1") == "a page"


def test_program_may_leave_names_unchecked(mount, serving):
    server = serving("DNS:elsewhere.example")
    assert _ask(mount, server, "any name") == "a page"


def test_certificate_that_nobody_vouches_for_is_refused(mount, serving):
    server = serving("DNS:localhost")
    other = mount("asks_by_tls").server.certificates / "server.pem"
    asked = {"way": "urllib2", "host": "localhost", "port": server.port, "ca": other}
    message = mount("asks_by_tls").get("?" + urlencode(asked)).body.decode()
    assert "certificate verify failed" in message
