"""All of the middleware at once, on two other servers: wsgiref and waitress."""

import base64
import http.client
import threading
import zlib
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import pytest
import waitress

from isthmus.middleware.compression import Compression
from isthmus.middleware.dispatch import Prefixes
from isthmus.middleware.errors import Errors
from isthmus.middleware.identification import Authentication, Basic, Identification
from isthmus.middleware.session import Sessions
from isthmus.middleware.static import Static

TEXT = [("Content-Type", "text/plain")]
LARGE = bytes(range(256)) * 1000


def is_right(user, password):
    return (user, password) == ("alice", b"secret")


def counting(environ, start_response):
    visits = environ["isthmus.session"].get("visits", 0) + 1
    environ["isthmus.session"]["visits"] = visits
    start_response("200 OK", list(TEXT))
    return [b"%s %d" % (environ["REMOTE_USER"].encode(), visits)]


def failing(environ, start_response):
    raise ValueError("told to fail")


class Waiting:
    """A response whose second block comes when somebody says so."""

    def __init__(self):
        self.go_on = threading.Event()

    def __call__(self, environ, start_response):
        start_response("200 OK", list(TEXT))
        yield b"first"
        assert self.go_on.wait(60)
        yield b"second"


def wsgiref_server(app):
    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    server = make_server("127.0.0.1", 0, validator(app), handler_class=Quiet)
    return (
        server.server_port,
        server.serve_forever,
        server.shutdown,
        server.server_close,
    )


def waitress_server(app):
    server = waitress.create_server(app, listen="127.0.0.1:0")

    ended = threading.Event()

    def run():
        # Its own loop ends with the process alone.
        while not ended.is_set():
            server.asyncore.loop(timeout=0.1, map=server._map, count=1)

    def close():
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)

    return server.effective_port, run, ended.set, close


@contextmanager
def serving(make, app):
    port, run, end, close = make(app)
    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield port
    finally:
        end()
        thread.join(60)
        close()
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def waiting():
    return Waiting()


@pytest.fixture(scope="module", params=[wsgiref_server, waitress_server])
def port(request, waiting, tmp_path_factory):
    root = tmp_path_factory.mktemp("static")
    (root / "large.bin").write_bytes(LARGE)
    inner = Authentication(Prefixes({"/count": counting}))
    app = Prefixes(
        {
            "/members": Sessions(Identification(inner, [Basic("shop", is_right)])),
            "/static": Static(str(root)),
            "/failing": failing,
            "/waiting": waiting,
        }
    )
    with serving(request.param, Errors(Compression(app), debug=True)) as port:
        yield port


def get(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=fields)
    response = connection.getresponse()
    response.content = response.read()
    connection.close()
    return response


def test_five_layers(port):
    assert get(port, "/members/count").status == 401
    known = "Basic " + base64.b64encode(b"alice:secret").decode()
    first = get(port, "/members/count", Authorization=known)
    assert (first.status, first.content) == (200, b"alice 1")
    cookie = first.headers["Set-Cookie"].partition(";")[0]
    again = {"Authorization": known, "Cookie": cookie, "Accept_Encoding": "gzip"}
    second = get(port, "/members/count", **again)
    assert second.headers["Content-Encoding"] == "gzip"
    assert zlib.decompress(second.content, 31) == b"alice 2"
    assert get(port, "/members/none", **again).status == 404


def test_blocks_arrive_one_by_one_though_compressed(port, waiting):
    waiting.go_on.clear()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/waiting", headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    reader, text = zlib.decompressobj(31), b""
    while text != b"first":
        text += reader.decompress(response.read1())
    waiting.go_on.set()
    assert reader.decompress(response.read()) == b"second"
    connection.close()


def test_failure_is_shown_to_the_developer(port):
    response = get(port, "/failing", Accept="text/html")
    assert response.status == 500
    assert b"ValueError: told to fail" in response.content


def test_file_comes_whole_and_in_parts(port):
    assert get(port, "/static/large.bin").content == LARGE
    part = get(port, "/static/large.bin", Range="bytes=255999-")
    assert (part.status, part.content) == (206, b"\xff")
    head = get(port, "/static/large.bin", "HEAD")
    assert (head.headers["Content-Length"], head.content) == ("256000", b"")
    known = get(port, "/static/large.bin", If_None_Match=head.headers["ETag"])
    assert (known.status, known.content) == (304, b"")
