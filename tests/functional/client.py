"""A raw-socket HTTP/1.1 client for byte-exact tests.

It sends exactly the bytes it is given and keeps what comes back as it came: header
fields as a list of pairs with duplicates, body pieces with the time of their arrival,
interim (1xx) responses, and whether the message ended as its framing promised or the
connection broke before that.
"""

import json
import socket
import struct
import time

TIMEOUT = 60.0


class Response:
    """One response: its head at once, its body as far as it has been read."""

    def __init__(self, version, status, reason, headers):
        self.version = version
        self.status = status
        self.reason = reason
        self.headers = headers
        self.informational = []
        self.pieces = []
        self._joined = (0, b"")
        self.chunk_sizes = []
        self.complete = False

    @property
    def body(self):
        """All pieces so far; joined here, for each would copy what came before it."""
        count, octets = self._joined
        if count < len(self.pieces):
            later = [piece for _, piece in self.pieces[count:]]
            self._joined = (len(self.pieces), b"".join([octets, *later]))
        return self._joined[1]

    def all(self, name):
        return [v for n, v in self.headers if n.lower() == name.lower()]

    def header(self, name):
        """The value of the one field of this name; None when there is none."""
        values = self.all(name)
        if len(values) > 1:
            raise AssertionError("%d fields named %s: %r" % (len(values), name, values))
        return values[0] if values else None

    @property
    def keeps_alive(self):
        """True if another request may follow on the connection."""
        return self.complete and self.header("Connection") != "close"

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return "<%s %s %r complete=%s>" % (
            self.status,
            self.reason,
            self.body[:200],
            self.complete,
        )


class Connection:
    """One TCP connection; requests go out as bytes, responses come back parsed."""

    def __init__(self, address, timeout=TIMEOUT, tls=None):
        """A connection; `tls` is an ssl.SSLContext."""
        self._socket = socket.create_connection(address, timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self._socket = tls.wrap_socket(self._socket, server_hostname=address[0])
        self._timeout = timeout
        self._buffer = bytearray()
        self._arrived = None
        self._ended = False
        self._body = None
        self._response = None
        self.reset = False

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        self._socket.close()

    def abort(self):
        """Vanish as a crashed client does: a reset instead of an orderly end."""
        linger = struct.pack("ii", 1, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._socket.close()

    def end_sending(self):
        self._socket.shutdown(socket.SHUT_WR)

    def send(self, data):
        self._socket.sendall(data)

    def request(self, method, target, headers=(), body=None):
        """Send one HTTP/1.1 request; Host and Content-Length unless given."""
        self.send(compose(method, target, headers, body, self.host))

    @property
    def host(self):
        return "%s:%d" % self._socket.getpeername()[:2]

    def receive(self, method="GET"):
        """The next final response with its whole body."""
        response = self.receive_head(method)
        while self.read_piece():
            pass
        return response

    def receive_head(self, method="GET"):
        """The next final response, its body still to be read by read_piece()."""
        informational = []
        while True:
            response = self.receive_any_head()
            if not 100 <= response.status < 200:
                break
            informational.append(response)
        response.informational = informational
        self._response = response
        self._body = self._pieces_of(response, method)
        return response

    def receive_any_head(self):
        """The next head, an interim one (RFC 9110, 15.2) too."""
        line = self._line()
        if not line:
            how = "reset" if self.reset else "closed"
            raise ConnectionError("the connection was %s before a response" % how)
        version, status, reason = (line.decode("latin-1") + "  ").split(" ", 2)
        headers = []
        while True:
            line = self._line()
            if line is None:
                raise ConnectionError("the connection ended inside a head")
            if not line:
                break
            name, _, value = line.decode("latin-1").partition(":")
            headers.append((name, value.strip(" \t")))
        return Response(version, int(status), reason.strip(), headers)

    def read_piece(self):
        """The next piece of the body as it arrives; b"" at its end."""
        piece = next(self._body, b"")
        if piece:
            self._response.pieces.append((self._arrived, piece))
        return piece

    def read_until(self, text):
        """Read the body until it holds this text; AssertionError if it ends first."""
        while text not in self._response.body:
            if not self.read_piece():
                raise AssertionError("no %r in %r" % (text, self._response.body))

    def silent_for(self, seconds):
        """True when nothing arrives, no end of the connection either, for so long."""
        if self._buffer or self._ended:
            return False
        self._socket.settimeout(seconds)
        try:
            self._fill()
        except socket.timeout:
            return True
        finally:
            self._socket.settimeout(self._timeout)
        return False

    def closed_by_peer(self):
        """Wait for the end of the connection; False when more bytes come instead."""
        while not self._buffer and self._fill():
            pass
        return not self._buffer

    def _pieces_of(self, response, method):
        if method == "HEAD" or response.status in (204, 304):
            response.complete = True
        elif "chunked" in (response.header("Transfer-Encoding") or "").lower():
            yield from self._chunked(response)
        elif response.header("Content-Length") is not None:
            yield from self._counted(int(response.header("Content-Length")))
            response.complete = self._left == 0
        else:
            while self._buffer or self._fill():
                yield self._take(len(self._buffer))
            response.complete = not self.reset

    def _counted(self, length):
        self._left = length
        while self._left and (self._buffer or self._fill()):
            piece = self._take(min(self._left, len(self._buffer)))
            self._left -= len(piece)
            yield piece

    def _chunked(self, response):
        while True:
            line = self._line()
            if line is None:
                return
            size = int(line.split(b";")[0], 16)
            if size == 0:
                break
            response.chunk_sizes.append(size)
            yield from self._counted(size)
            if self._left or self._line() != b"":
                return
        line = self._line()
        while line:
            line = self._line()
        response.complete = line == b""

    def _line(self):
        while b"\r\n" not in self._buffer:
            if not self._fill():
                return None
        line = self._take(self._buffer.index(b"\r\n"))
        self._take(2)
        return line

    def _take(self, count):
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _fill(self):
        if self._ended:
            return False
        try:
            data = self._socket.recv(65536)
        except ConnectionError:
            self.reset = True
            data = b""
        self._arrived = time.monotonic()
        self._buffer += data
        self._ended = not data
        return bool(data)


def compose(method, target, headers=(), body=None, host=None):
    """The bytes of a request; header names and values are latin-1 text."""
    lines = ["%s %s HTTP/1.1" % (method, target)]
    names = {name.lower() for name, _ in headers}
    if host and "host" not in names:
        lines.append("Host: " + host)
    if body is not None and not names & {"content-length", "transfer-encoding"}:
        lines.append("Content-Length: %d" % len(body))
    lines += ["%s: %s" % pair for pair in headers]
    head = "\r\n".join(lines) + "\r\n\r\n"
    return head.encode("latin-1") + (body or b"")


def chunk(data):
    """One chunk of a chunked body; chunk(b"") ends it."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def fetch(address, method, target, headers=(), body=None, timeout=TIMEOUT):
    """One ordinary request on a connection of its own."""
    with Connection(address, timeout) as connection:
        headers = [*headers, ("Connection", "close")]
        connection.request(method, target, headers, body)
        return connection.receive(method)
