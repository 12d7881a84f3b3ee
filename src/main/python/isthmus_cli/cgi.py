"""Runs an application as a CGI program (RFC 3875), as PEP 3333's `run_with_cgi` does.

wsgiref's handler runs it; this module adds an environ that is exact to the octet, and a
body that ends at CONTENT_LENGTH.
"""

import io
import math
import os
import sys
from wsgiref.handlers import BaseCGIHandler

# Defaults for a run in a terminal, without a server: a plain GET.
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

_FAILURE = (
    b"Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 22\r\n\r\nInternal Server Error\n"
)


class Program(BaseCGIHandler):
    """One request and its response; the process ends with it."""

    wsgi_run_once = True
    # The process's own are in the given environ, as octets.
    os_environ = {}

    def __init__(self, stdin, stdout, stderr, environ):
        super().__init__(stdin, stdout, stderr, environ, False, True)
        self._cut = False

    def write(self, data):
        """Send a block, as far as the application's Content-Length allows.

        PEP 3333, "Handling the Content-Length Header": no octet may be sent beyond it.
        """
        declared = self.headers["Content-Length"] if self.headers is not None else None
        if declared is not None and declared.isdigit():
            allowed = data[: max(0, int(declared) - (self.bytes_sent or 0))]
            if len(allowed) < len(data) and not self._cut:
                self._cut = True
                text = "The response is cut off at its Content-Length of %s.\n"
                self.get_stderr().write(text % declared)
            data = allowed
        super().write(data)


class Body(io.RawIOBase):
    """The first octets of a stream: a server may leave stdin open (RFC 3875, 4.2).

    :param length: how many; ``math.inf`` for everything up to the end.
    """

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

    def discard(self):
        """Read the rest of the body.

        If a server uses one socket for both directions (Apache httpd's mod_cgid), the
        socket is reset when the process ends with unread data, which truncates the
        response.
        """
        while self.read(65536):
            pass


def environ():
    """The process's environment for PEP 3333: a character for each octet."""
    variables = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in os.environb.items()
    }
    # This is the client's Proxy header, which libraries would take for a setting.
    if "REQUEST_METHOD" in variables:
        variables.pop("HTTP_PROXY", None)
    length = variables.get("CONTENT_LENGTH", "")
    if length and not (length.isascii() and length.isdigit()):
        del variables["CONTENT_LENGTH"]
    # Reading wsgi.input to the end stops at the end of the body.
    return {**DEFAULTS, **variables, "wsgi.input_terminated": True}


def run(application, stdin, stdout):
    """Answer the one request for which the process was started.

    :param stdin: a stream of octets, the request's body.
    :param stdout: a stream of octets, which the server reads.
    """
    variables = environ()
    body = _body(stdin, variables)
    stream = io.BufferedReader(body)
    Program(stream, stdout, sys.stderr, variables).run(application)
    stdout.flush()
    body.discard()


def refuse(stdin, stdout):
    """Answer 500 for an application that cannot be found."""
    stdout.write(_FAILURE)
    stdout.flush()
    _body(stdin, environ()).discard()


def _body(stdin, variables):
    length = variables.get("CONTENT_LENGTH")
    coding = variables.get("HTTP_TRANSFER_ENCODING", "")
    if not length and coding.lower() == "chunked":
        # Apache httpd has decoded the body and does not know its length; it closes
        # stdin at the end.
        return Body(stdin, math.inf)
    return Body(stdin, int(length or 0))
