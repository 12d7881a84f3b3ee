"""The test client itself, against a peer that sends prepared bytes."""

import contextlib
import socket
import struct
import threading

import pytest

import client

OK = b"HTTP/1.1 200 OK\r\n"


@contextlib.contextmanager
def peer(*pieces, reset=False):
    """The address of a server that sends these pieces to one client and ends.

    With reset it waits for an octet of the client first: a reset overtakes what the
    client has not read yet.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            for piece in pieces:
                connection.sendall(piece)
            if reset:
                connection.recv(1)
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    thread = threading.Thread(target=serve)
    thread.start()
    with listener:
        yield listener.getsockname()
        thread.join()


def receive(*pieces, method="GET"):
    with peer(*pieces) as address:
        with client.Connection(address, 10) as connection:
            return connection.receive(method)


def test_duplicate_fields_are_kept_in_order():
    response = receive(OK + b"A: 1\r\nB: 2\r\na: 3\r\nContent-Length: 0\r\n\r\n")
    assert response.headers[:3] == [("A", "1"), ("B", "2"), ("a", "3")]
    assert response.all("a") == ["1", "3"]


def test_a_single_field_asked_for_must_be_single():
    response = receive(OK + b"A: 1\r\nA: 2\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(AssertionError):
        response.header("A")


def test_counted_body_is_complete_at_its_length():
    response = receive(OK + b"Content-Length: 5\r\n\r\nab", b"cde")
    assert (response.body, response.complete) == (b"abcde", True)


def test_counted_body_cut_short_is_not_complete():
    response = receive(OK + b"Content-Length: 5\r\n\r\nabc")
    assert (response.body, response.complete) == (b"abc", False)


def test_chunked_body_is_joined_and_its_sizes_kept():
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    response = receive(head, b"3\r\nabc\r\n", b"A;x=y\r\n0123456789\r\n0\r\n\r\n")
    assert (response.body, response.complete) == (b"abc0123456789", True)
    assert response.chunk_sizes == [3, 10]


def test_chunked_body_with_trailers_is_complete():
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    assert receive(head, b"1\r\na\r\n0\r\nT: 1\r\n\r\n").complete


@pytest.mark.parametrize("sent", [b"3\r\nabc\r\n", b"3\r\nab", b"3\r\nabc\r\n0\r\n"])
def test_chunked_body_without_its_end_is_not_complete(sent):
    response = receive(OK + b"Transfer-Encoding: chunked\r\n\r\n", sent)
    assert not response.complete


def test_body_to_the_end_of_the_connection_is_complete():
    response = receive(OK + b"\r\nabc")
    assert (response.body, response.complete) == (b"abc", True)


def test_body_ended_by_a_reset_is_not_complete():
    with peer(OK + b"\r\nabc", reset=True) as address:
        with client.Connection(address, 10) as connection:
            response = connection.receive_head()
            connection.read_until(b"abc")
            connection.send(b"!")
            assert connection.read_piece() == b""
            assert (response.complete, connection.reset) == (False, True)


def test_interim_responses_are_kept_apart():
    response = receive(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"\r\nabc")
    assert [interim.status for interim in response.informational] == [100]
    assert (response.status, response.body) == (200, b"abc")


def test_responses_to_head_have_no_body():
    response = receive(OK + b"Content-Length: 5\r\n\r\n", method="HEAD")
    assert (response.body, response.complete) == (b"", True)


def test_pieces_carry_the_time_of_their_arrival():
    with peer(OK + b"Content-Length: 2\r\n\r\na", b"b") as address:
        with client.Connection(address, 10) as connection:
            response = connection.receive()
    times = [when for when, _ in response.pieces]
    assert b"".join(piece for _, piece in response.pieces) == b"ab"
    assert times == sorted(times)


def test_no_response_is_an_error():
    with pytest.raises(ConnectionError):
        receive()


def test_requests_are_composed_byte_for_byte():
    sent = client.compose("PUT", "/a?b", [("X", "\xe9")], b"body", "h:1")
    assert sent == (
        b"PUT /a?b HTTP/1.1\r\nHost: h:1\r\nContent-Length: 4\r\nX: \xe9\r\n\r\nbody"
    )


def test_a_given_host_and_length_are_not_doubled():
    headers = [("host", "x"), ("transfer-encoding", "chunked")]
    sent = client.compose("PUT", "/", headers, client.chunk(b"a") + client.chunk(b""))
    assert sent.count(b"ost: x") == 1 and b"Content-Length" not in sent
    assert sent.endswith(b"1\r\na\r\n0\r\n\r\n")
