"""Compression: who gets it, what is told of it, and that it streams."""

import zlib

import pytest

from isthmus.middleware.compression import Compression, make_filter, wants_gzip

TEXT = ("Content-Type", "text/plain; charset=utf-8")


def compressed(answering, *headers, status="200 OK", blocks=(b"text",), **options):
    return Compression(answering(list(blocks), [TEXT, *headers], status), **options)


@pytest.mark.parametrize(
    "accepted, wanted",
    [
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("deflate, gzip;q=0.5, br", True),
        ("*", True),
        ("gzip;q=1.0", True),
        ("gzip; q=0.001", True),
        ("*;q=0.5, identity;q=0.5", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=0.5, identity", False),
        ("gzipped", False),
        ("gzip;q=nonsense", False),
        ("br, deflate", False),
    ],
)
def test_accept_encoding_is_weighed(accepted, wanted):
    assert wants_gzip(accepted) is wanted


def test_body_is_gzip_and_its_length_is_not_that_of_the_text(ask, answering):
    app = compressed(answering, ("Content-Length", "4"), minimum=0)
    answer = ask(app, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Content-Length" not in answer.headers
    assert zlib.decompress(answer.body, 31) == b"text"


def test_each_block_can_be_read_at_once(begin, answering):
    app = compressed(answering, blocks=[b"one", b"", b"two"])
    exchange = begin(app, HTTP_ACCEPT_ENCODING="gzip")
    reader = zlib.decompressobj(31)
    read = [reader.decompress(exchange.step()) for _ in range(3)]
    assert read == [b"one", b"", b"two"]
    assert reader.decompress(exchange.step()) == b"" and reader.eof
    exchange.finish()


@pytest.mark.parametrize(
    "headers, status",
    [
        ([("Content-Type", "image/png")], "200 OK"),
        ([("Content-Type", "application/octet-stream")], "200 OK"),
        ([("Content-Encoding", "br")], "200 OK"),
        ([("Content-Encoding", "gzip")], "200 OK"),
        ([("Cache-Control", "private, no-transform")], "200 OK"),
        ([("Content-Range", "bytes 0-3/9")], "206 Partial Content"),
    ],
)
def test_what_must_stay_as_it_is_does(ask, answering, headers, status):
    own = dict([TEXT, *headers])
    answer = ask(
        Compression(answering([b"text"], list(own.items()), status)),
        HTTP_ACCEPT_ENCODING="gzip",
    )
    assert (answer.headers, answer.body) == (own, b"text")


@pytest.mark.parametrize("kind", ["text/css", "application/json", "image/svg+xml"])
def test_other_text_is_compressed_too(ask, answering, kind):
    app = Compression(answering([b"text"], [("Content-Type", kind)]))
    answer = ask(app, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "before, after",
    [
        (None, "Accept-Encoding"),
        ("Cookie", "Cookie, Accept-Encoding"),
        ("accept-encoding", "accept-encoding"),
        ("*", "*"),
    ],
)
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_vary_is_there_for_both(ask, answering, before, after, accepted):
    headers = [("Vary", before)] if before else []
    answer = ask(compressed(answering, *headers), HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers["Vary"] == after


@pytest.mark.parametrize(
    "accepted, before, after",
    [("gzip", '"1"', 'W/"1"'), ("gzip", 'W/"1"', 'W/"1"'), ("", '"1"', '"1"')],
)
@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified"])
def test_tag_is_weak_where_octets_differ(
    ask, answering, accepted, before, after, status
):
    blocks = [] if status.startswith("304") else [b"text"]
    headers = [("ETag", before)] + ([TEXT] if blocks else [])
    app = Compression(answering(blocks, headers, status))
    answer = ask(app, HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers["ETag"] == after


def test_ranges_of_what_is_compressed_are_not_offered(ask, answering):
    app = compressed(answering, ("Accept-Ranges", "bytes"))
    assert "Accept-Ranges" not in ask(app, HTTP_ACCEPT_ENCODING="gzip").headers
    assert "Accept-Ranges" in ask(app).headers


def test_head_has_the_headers_of_get(ask, answering):
    app = compressed(answering, ("Content-Length", "4000"), blocks=[])
    answer = ask(app, "/", "HEAD", HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Content-Length" not in answer.headers
    assert answer.body == b""


def test_small_bodies_are_not_worth_it(ask, answering):
    app = compressed(answering, ("Content-Length", "4"))
    answer = ask(app, HTTP_ACCEPT_ENCODING="gzip")
    assert (answer.body, answer.headers["Content-Length"]) == (b"text", "4")


def test_nothing_is_compressed_twice(ask, answering):
    app = Compression(compressed(answering))
    answer = ask(app, HTTP_ACCEPT_ENCODING="gzip")
    assert zlib.decompress(answer.body, 31) == b"text"


def test_paste_deploy_passes_text(ask, answering):
    app = make_filter({}, level="9", minimum="0", types="image/.*")(answering([b"x"]))
    assert "Content-Encoding" not in ask(app, HTTP_ACCEPT_ENCODING="gzip").headers
    with pytest.raises(ValueError, match="from 1 to 9"):
        make_filter({}, level="10")(None)
