"""Runs an application as a CGI program (RFC 3875), as PEP 3333's `run_with_cgi` does.

wsgiref's handler does the running; here are the environ, exact to the octet, and the
body, which ends where CONTENT_LENGTH says.
"""

import io
import os
import sys
from wsgiref.handlers import BaseCGIHandler

# What a CGI program finds anyway: without a server, from a terminal, a plain GET.
DEFAULTS = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "PATH_INFO": "/",
    "QUERY_STRING": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.0",
    "GATEWAY_INTERFACE": "CGI/1.1",
}

FAILURE = (
    b"Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 22\r\n\r\nInternal Server Error\n"
)


class Program(BaseCGIHandler):
    """One request and its answer; the process ends with it."""

    wsgi_run_once = True
    # Those of the process are in the environ given, as octets.
    os_environ = {}

    def __init__(self, stdin, stdout, stderr, environ):
        super().__init__(stdin, stdout, stderr, environ, False, True)


class Body(io.RawIOBase):
    """The first octets of a stream: a server may leave stdin open (RFC 3875, 4.2)."""

    def __init__(self, stream, length):
        self._stream = stream
        self._left = length

    def readable(self):
        return True

    def readinto(self, buffer):
        octets = self._stream.read(min(len(buffer), self._left))
        self._left -= len(octets)
        buffer[: len(octets)] = octets
        return len(octets)


def environ():
    """The process's environment as PEP 3333 wants it: a character for each octet."""
    variables = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in os.environb.items()
    }
    # It would be the client's header Proxy, which libraries take for a setting.
    if "REQUEST_METHOD" in variables:
        variables.pop("HTTP_PROXY", None)
    length = variables.get("CONTENT_LENGTH", "")
    if length and not (length.isascii() and length.isdigit()):
        del variables["CONTENT_LENGTH"]
    return {**DEFAULTS, **variables}


def run(application, stdin, stdout):
    """Answer the one request that the process was started for.

    :param stdin: a stream of octets, the request's body.
    :param stdout: a stream of octets, which the server reads.
    """
    variables = environ()
    body = Body(stdin, int(variables.get("CONTENT_LENGTH") or 0))
    stream = io.BufferedReader(body)
    Program(stream, stdout, sys.stderr, variables).run(application)
    stdout.flush()
