"""TLS: the scheme, the variables of the connection and of a client's certificate."""

import contextlib
import ssl

import certificates
import client

CLIENT = ["CERT", "S_DN", "I_DN", "M_SERIAL", "V_START", "V_END"]


def _ask(mount, known=False):
    """(status, environ's strings) over TLS; `known`: with the client's certificate."""
    mounted = mount("environ")
    files = mounted.server.certificates
    tls = ssl.create_default_context(cafile=files / "server.pem")
    if known:
        tls.load_cert_chain(files / "client.pem", files / "client-key.pem")
    address = mounted.server.secure_address
    connection = client.Connection(address, tls=tls)
    with contextlib.closing(connection):
        headers = [("Connection", "close"), ("SSL-Client-S-DN", "CN=mallory")]
        connection.request("GET", mounted.prefix + "/", headers)
        return connection.receive().json()["strings"], files


def test_scheme_is_https(mount):
    environ, _ = _ask(mount)
    assert (environ["wsgi.url_scheme"], environ["HTTPS"]) == ("https", "on")


def test_connection_is_described(mount):
    environ, _ = _ask(mount)
    assert environ["SSL_CIPHER"].startswith("TLS_")
    assert int(environ["SSL_CIPHER_USEKEYSIZE"]) >= 128
    assert environ["SSL_SESSION_ID"]


def test_protocol_is_there_if_the_container_tells_it(mount):
    environ, _ = _ask(mount)
    # docs/deploy/jetty.md: Servlet has no attribute for it before 6.1.
    tells = mount("environ").server.name.startswith("tomcat")
    assert environ.get("SSL_PROTOCOL") == ("TLSv1.3" if tells else None)


def test_without_a_certificate_there_is_no_client(mount):
    environ, _ = _ask(mount)
    assert environ["SSL_CLIENT_VERIFY"] == "NONE"
    assert [name for name in CLIENT if "SSL_CLIENT_" + name in environ] == []


def test_certificate_of_the_client_is_described(mount):
    environ, files = _ask(mount, known=True)
    assert environ["SSL_CLIENT_VERIFY"] == "SUCCESS"
    names = environ["SSL_CLIENT_S_DN"], environ["SSL_CLIENT_I_DN"]
    assert names == (certificates.CLIENT_NAME, certificates.CLIENT_NAME)
    sent = (files / "client.pem").read_text()
    assert _der(environ["SSL_CLIENT_CERT"]) == _der(sent)


def test_serial_and_dates_are_those_of_the_certificate(mount):
    environ, files = _ask(mount, known=True)
    expected = certificates.described(files / "client.pem")
    names = {"serial": "M_SERIAL", "notBefore": "V_START", "notAfter": "V_END"}
    found = {name: environ["SSL_CLIENT_" + ours] for name, ours in names.items()}
    assert found == expected


def test_plain_connection_has_none_of_it(mount):
    strings = mount("environ").get("/").json()["strings"]
    assert strings["wsgi.url_scheme"] == "http"
    assert [key for key in strings if key.startswith(("SSL_", "HTTPS"))] == []


def _der(pem):
    return ssl.PEM_cert_to_DER_cert(pem)
