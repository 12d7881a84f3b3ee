"""isthmus.request.max_body: a longer body is answered with 413 (RFC 9110, 15.5.14)."""

import client
from mounts import Mount

LIMIT = 1000
MOUNTS = [
    Mount("limited_reads", "reads", {"isthmus.request.max_body": str(LIMIT)}),
    Mount("limited_hello", "hello", {"isthmus.request.max_body": str(LIMIT)}),
    Mount("limited_catch", "catches_limit", {"isthmus.request.max_body": str(LIMIT)}),
]
CHUNKED = [("Transfer-Encoding", "chunked")]


def _chunked(length):
    return client.chunk(b"x" * length) + client.chunk(b"")


def test_declared_body_of_the_limit_is_read(mount):
    response = mount("limited_reads").post("/?read", b"x" * LIMIT)
    assert (response.status, response.json()) == (200, ["x" * LIMIT])


def test_chunked_body_of_the_limit_is_read(mount):
    response = mount("limited_reads").post("/?read", _chunked(LIMIT), CHUNKED)
    assert (response.status, response.json()) == (200, ["x" * LIMIT])


def test_declared_body_beyond_the_limit_is_413(mount):
    response = mount("limited_reads").post("/?read", b"x" * (LIMIT + 1))
    assert response.status == 413


def test_declared_body_beyond_the_limit_never_reaches_the_application(mount):
    # This application does not read: it would answer 200.
    response = mount("limited_hello").post("/", b"x" * (LIMIT + 1))
    assert response.status == 413


def test_declared_body_beyond_the_limit_need_not_be_sent(mount):
    mounted = mount("limited_hello")
    headers = [("Content-Length", "3000000000"), ("Expect", "100-continue")]
    with mounted.connect(tuned=True) as connection:
        connection.request("POST", mounted.prefix + "/", headers)
        response = connection.receive()
    assert (response.status, response.informational) == (413, [])


def test_chunked_body_beyond_the_limit_is_413(mount):
    response = mount("limited_reads").post("/?read", _chunked(LIMIT + 1), CHUNKED)
    assert response.status == 413


def test_chunked_body_beyond_the_limit_is_413_for_small_reads(mount):
    calls = ",".join(["read:100"] * 11)
    response = mount("limited_reads").post("/?" + calls, _chunked(LIMIT + 1), CHUNKED)
    assert response.status == 413


def test_chunked_body_beyond_the_limit_is_an_ioerror_in_python(mount):
    response = mount("limited_catch").post("/", _chunked(LIMIT + 1), CHUNKED)
    assert (response.status, response.body) == (200, b"IOError")


def test_other_applications_have_no_limit_of_this_one(mount):
    response = mount("reads").post("/?read", b"x" * (LIMIT + 1))
    assert response.status == 200
