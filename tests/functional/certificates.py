"""Keys and certificates of a server and of one client, made once in each process."""

import base64
import functools
import shutil
import ssl
import subprocess

import short_lived
from paths import scratch

PASSWORD = "changeit"
SUBJECT = "/O=Isthmus/CN=%s"
# What SSL_CLIENT_S_DN of the client reads (RFC 2253: the last one first).
CLIENT_NAME = "CN=alice,O=Isthmus"
# The user whom that certificate logs in, as Principal.getName writes it. Jetty ee8
# takes the name of RFC 2253 instead: Server.client_user.
CLIENT_USER = "CN=alice, O=Isthmus"
# The first digit is one that a number would lack.
SERIAL = "0x07C27DD034A45F82"


def write(directory, jdk):
    """PEM files for Tomcat and the client, key stores of the same for Jetty."""
    shutil.copytree(_made(jdk.tool("keytool")), directory)


@functools.cache
def _made(keytool):
    directory = scratch("certificates-")
    for name in ("server", "client"):
        _openssl(
            directory,
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", SUBJECT % ("localhost" if name == "server" else "alice")),
            *("-set_serial", SERIAL),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", name + "-key.pem", "-out", name + ".pem"),
        )
    _openssl(
        directory,
        *("pkcs12", "-export", "-inkey", "server-key.pem", "-in", "server.pem"),
        *("-out", "server.p12", "-passout", "pass:" + PASSWORD),
    )
    # Java trusts no certificate of a store that openssl writes without its key.
    _run(
        directory,
        *(keytool, *short_lived.TOOL, "-importcert", "-noprompt"),
        *("-alias", "alice"),
        *("-file", "client.pem", "-keystore", "clients.p12", "-storepass", PASSWORD),
    )
    return directory


def signature(pem):
    """Base64 of a certificate's signature: Jetty's password for its user."""
    der = ssl.PEM_cert_to_DER_cert(pem.read_text())
    # The last part of a certificate (RFC 5280, 4.1), as long as the key.
    return base64.b64encode(der[-2048 // 8 :]).decode()


def described(pem):
    """{serial, notBefore, notAfter} of a certificate, in openssl's words."""
    command = ["openssl", "x509", "-noout", "-serial", "-dates", "-in", str(pem)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def _openssl(directory, *arguments):
    _run(directory, "openssl", *arguments)


def _run(directory, *command):
    subprocess.run(command, cwd=str(directory), check=True, capture_output=True)
