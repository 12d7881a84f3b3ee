"""wsgi.input: every way to read, never past the end of the body (PEP 3333)."""

import hashlib

import pytest

import client

LINES = b"one\ntwo\n\nfour"

# What the calls return for a body; the same with a length and in chunks.
READS = [
    ("read", b"abc", ["abc"]),
    ("read,read", b"abc", ["abc", ""]),
    ("read:2,read:2,read:2", b"abc", ["ab", "c", ""]),
    ("read:0,read:100,read:1", b"abc", ["", "abc", ""]),
    ("read:-1,read:-1", b"abc", ["abc", ""]),
    ("read", b"", [""]),
    ("rest", b"abcdefgh", [["abc", "def", "gh"]]),
    ("readline,readline,readline,readline,readline", LINES)
    + (["one\n", "two\n", "\n", "four", ""],),
    ("readline:2,readline:2,readline:2,readline", LINES, ["on", "e\n", "tw", "o\n"]),
    ("readline:0,readline", LINES, ["", "one\n"]),
    ("readline:-1,readline:100", LINES, ["one\n", "two\n"]),
    ("readline,readline", b"\r\nx\r", ["\r\n", "x\r"]),
    ("readlines", LINES, [["one\n", "two\n", "\n", "four"]]),
    ("readlines,readlines,read,readline", LINES)
    + ([["one\n", "two\n", "\n", "four"], [], "", ""],),
    ("readlines:5,read", LINES, [["one\n", "two\n"], "\nfour"]),
    ("readlines:0,read", LINES, [["one\n", "two\n", "\n", "four"], ""]),
    ("list,list", LINES, [["one\n", "two\n", "\n", "four"], []]),
    ("next,next,next,next,next", LINES, ["one\n", "two\n", "\n", "four", ""]),
    (
        "readline,read:2,next,list,read",
        LINES,
        ["one\n", "tw", "o\n", ["\n", "four"], ""],
    ),
    ("read", bytes(range(256)), ["".join(map(chr, range(256)))]),
]


@pytest.mark.parametrize("calls, body, expected", READS, ids=[r[0] for r in READS])
def test_counted_body_reads(mount, calls, body, expected):
    response = mount("reads").post("/?" + calls, body)
    assert (response.status, response.json()) == (200, expected)


@pytest.mark.parametrize("calls, body, expected", READS, ids=[r[0] for r in READS])
def test_chunked_body_reads(mount, calls, body, expected):
    # One octet in each chunk: no call may take the end of a chunk for an end.
    chunks = [client.chunk(body[i : i + 1]) for i in range(len(body))]
    sent = b"".join(chunks) + client.chunk(b"")
    headers = [("Transfer-Encoding", "chunked")]
    response = mount("reads").post("/?" + calls, sent, headers)
    assert (response.status, response.json()) == (200, expected)


@pytest.mark.parametrize("call", ["read", "read:5", "readline", "readlines", "list"])
def test_request_without_body_reads_as_empty_at_once(mount, call):
    mounted = mount("reads")
    with mounted.connect() as connection:
        # The connection stays open: a read past the end would wait for the client.
        connection.request("GET", mounted.prefix + "/?" + call)
        response = connection.receive()
    assert response.json() in ([""], [[]])


def test_reading_ends_at_content_length_with_the_connection_open(mount):
    mounted = mount("reads")
    with mounted.connect() as connection:
        connection.request("POST", mounted.prefix + "/?read,read,readline", body=b"ab")
        assert connection.receive().json() == ["ab", "", ""]


def test_pipelined_request_is_not_read_as_body(mount):
    mounted = mount("reads")
    first = client.compose("POST", mounted.prefix + "/?read:99,read", (), b"one", "x")
    second = client.compose("POST", mounted.prefix + "/?read", (), b"two", "x")
    with mounted.connect() as connection:
        connection.send(first + second)
        assert connection.receive().json() == ["one", ""]
        assert connection.receive().json() == ["two"]


def test_unread_body_is_not_the_next_request(mount):
    mounted = mount("hello")
    hidden = client.compose("GET", mounted.prefix + "/hidden", (), None, "x")
    with mounted.connect() as connection:
        connection.request("POST", mounted.prefix + "/", body=hidden)
        assert connection.receive().body == b"hello"
        # The second response is that of the second request, which asks for closing.
        connection.request("GET", mounted.prefix + "/", [("Connection", "close")])
        assert connection.receive().header("Connection") == "close"
        assert connection.closed_by_peer()


@pytest.mark.parametrize("framing", ["counted", "chunked"])
def test_each_line_is_read_as_soon_as_it_came(mount, framing):
    mounted = mount("echo_lines")
    lines = [b"first\n", b"second\n", b"third"]
    if framing == "chunked":
        headers = [("Transfer-Encoding", "chunked")]
        sent = [client.chunk(line) for line in lines[:2]]
        sent.append(client.chunk(lines[2]) + client.chunk(b""))
    else:
        headers = [("Content-Length", str(len(b"".join(lines))))]
        sent = lines
    with mounted.connect() as connection:
        connection.request("POST", mounted.prefix + "/", headers)
        connection.send(sent[0])
        response = connection.receive_head()
        connection.read_until(lines[0])
        for data, line in zip(sent[1:], lines[1:]):
            connection.send(data)
            connection.read_until(line)
        while connection.read_piece():
            pass
    assert (response.body, response.complete) == (b"".join(lines), True)


@pytest.mark.parametrize("framing", ["counted", "chunked"])
def test_megabyte_arrives_whole(mount, framing):
    body = bytes(range(256)) * 4096
    headers, sent = [], body
    if framing == "chunked":
        headers = [("Transfer-Encoding", "chunked")]
        sent = client.chunk(body[:700001]) + client.chunk(body[700001:])
        sent += client.chunk(b"")
    response = mount("digest").post("/", sent, headers)
    expected = "%d %s" % (len(body), hashlib.sha256(body).hexdigest())
    assert response.body.decode() == expected


def test_megabyte_line_arrives_whole(mount):
    line = b"x" * (1 << 20) + b"\n"
    response = mount("reads").post("/?readline,read", line + b"rest")
    assert response.json() == [line.decode(), "rest"]


def test_body_cut_short_is_an_error_of_reading(mount):
    mounted = mount("cut_short")
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        connection.request("POST", mounted.prefix + "/", [("Content-Length", "10")])
        connection.send(b"abc")
        connection.end_sending()
        connection.closed_by_peer()
    mounted.server.log.wait_for("cut_short: IOError after 'abc'", mark)
