"""Asks a server for a page by TLS, and says what came of it.

The query has the way, the host, the port, and the file of trusted certificates.
"""

import contextlib
import socket
import ssl

import httplib
import urllib2
from urlparse import parse_qsl


def application(environ, start_response):
    asked = dict(parse_qsl(environ["QUERY_STRING"]))
    context = ssl.create_default_context(cafile=asked["ca"])
    try:
        answer = WAYS[asked["way"]](asked["host"], int(asked["port"]), context)
    except (EnvironmentError, ssl.CertificateError) as e:
        answer = (u"%s: %s" % (type(e).__name__, e)).encode("utf-8")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [answer]


def _urllib2(host, port, context):
    page = urllib2.urlopen("https://%s:%d/" % (host, port), context=context)
    with contextlib.closing(page):
        return page.read()


def _httplib(host, port, context):
    connection = httplib.HTTPSConnection(host, port, context=context)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        return connection.getresponse().read()


def _late(host, port, context):
    """Wrapped before it is connected, with a handshake that writing begins."""
    plain = socket.socket()
    client = context.wrap_socket(plain, False, False, server_hostname=host)
    with contextlib.closing(client):
        client.connect((host, port))
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        return client.recv(4096).partition(b"\r\n\r\n")[2]


def _any_name(host, port, context):
    context.check_hostname = False
    return _httplib(host, port, context)


WAYS = {
    "urllib2": _urllib2,
    "httplib": _httplib,
    "late": _late,
    "any name": _any_name,
}
