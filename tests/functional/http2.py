"""A client for HTTP/2 by the library h2: one connection and one stream for a request.

Fields go out as they are given, octet for octet: what a container makes of an odd one
is to be seen, so h2 must not correct it.
"""

import socket

import h2.config
import h2.connection
import h2.events

TIMEOUT = 60.0
CONFIG = h2.config.H2Configuration(
    client_side=True,
    header_encoding=None,
    validate_outbound_headers=False,
    normalize_outbound_headers=False,
    validate_inbound_headers=False,
)
ENDS = (h2.events.StreamReset, h2.events.ConnectionTerminated)
# Those of a connection, which HTTP/2 has none of (RFC 9113, 8.2.2).
OF_CONNECTION = {b"connection", b"keep-alive", b"transfer-encoding", b"upgrade"}


class Reset(Exception):
    """The stream, or the connection, was ended without a response."""


class Answer:
    """One response."""

    def __init__(self):
        self.status = None
        self.headers = []
        self.body = b""


def fetch(address, fields, body=b"", tls=None, pieces=None):
    """The answer to a request of these fields, pseudo ones first; one connection each.

    `tls` is an ssl.SSLContext; `pieces` sends the body in so many frames, and without
    them in as many as it takes. A body of None is still to come when the answer is.
    """
    with socket.create_connection(address, TIMEOUT) as stream:
        if tls is not None:
            tls.set_alpn_protocols(["h2"])
            stream = tls.wrap_socket(stream, server_hostname=address[0])
            assert stream.selected_alpn_protocol() == "h2"
        with stream:
            try:
                return _exchange(stream, fields, body, pieces)
            except OSError as error:
                raise Reset(repr(error)) from error


def _exchange(stream, fields, body, pieces):
    connection = h2.connection.H2Connection(CONFIG)
    connection.initiate_connection()
    connection.send_headers(1, fields, end_stream=body == b"")
    body = body or b""
    size = -(-len(body) // pieces) if pieces else 16384
    for start in range(0, len(body), size):
        last = start + size >= len(body)
        connection.send_data(1, body[start : start + size], end_stream=last)
    stream.sendall(connection.data_to_send())
    answer = Answer()
    while True:
        data = stream.recv(65536)
        if not data:
            raise Reset("the connection ended")
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.ResponseReceived):
                answer.headers = [(n.decode(), v.decode()) for n, v in event.headers]
                answer.status = int(dict(answer.headers)[":status"])
            elif isinstance(event, h2.events.DataReceived):
                answer.body += event.data
                length = event.flow_controlled_length
                connection.acknowledge_received_data(length, 1)
            elif isinstance(event, h2.events.StreamEnded):
                return answer
            elif isinstance(event, ENDS):
                if answer.status is not None:
                    return answer
                raise Reset(repr(event))
        stream.sendall(connection.data_to_send())


def translated(request, scheme):
    """(fields, body) of HTTP/2 for the octets of a request of HTTP/1."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    method, _, rest = first.partition(b" ")
    target = rest.rpartition(b" ")[0]
    named = [line.partition(b":")[::2] for line in lines]
    named = [(name.lower(), value.strip(b" \t")) for name, value in named]
    hosts = [value for name, value in named if name == b"host"]
    if b"://" in target.partition(b"?")[0]:
        authority, _, target = target.partition(b"://")[2].partition(b"/")
        hosts, target = [authority], b"/" + target
    fields = [(b":method", method), (b":scheme", scheme), (b":path", target)]
    fields += [(b":authority", host) for host in hosts[:1]]
    # RFC 9113, 8.3.1: more of them can only be fields.
    fields += [(b"host", host) for host in hosts[1:]]
    dropped = OF_CONNECTION | {b"host"}
    fields += [field for field in named if field[0] not in dropped]
    if any(n == b"transfer-encoding" and v.lower() == b"chunked" for n, v in named):
        body = _dechunked(body)
    return fields, body


def _dechunked(body):
    whole = b""
    while True:
        size, _, body = body.partition(b"\r\n")
        count = int(size.partition(b";")[0], 16)
        if count == 0:
            return whole
        whole += body[:count]
        body = body[count + 2 :]
