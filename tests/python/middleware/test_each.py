"""What PEP 3333 asks of any middleware, asked of each of ours."""

import io
import sys
from wsgiref.validate import validator

import pytest

from isthmus.middleware.compression import Compression
from isthmus.middleware.dispatch import Patterns, Prefixes
from isthmus.middleware.errors import Errors
from isthmus.middleware.identification import Authentication, Identification
from isthmus.middleware.session import Sessions
from isthmus.middleware.static import Static

TEXT = [("Content-Type", "text/plain")]


class Visit:
    """Writes into the session, so that there is a cookie to be set."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        environ["isthmus.session"]["seen"] = True
        return self.application(environ, start_response)


class Known:
    """A way to identify everybody."""

    name = "Test"

    @staticmethod
    def identify(environ):
        return "alice"

    @staticmethod
    def challenge(environ):
        return []


def _all(app):
    app = Authentication(Prefixes({"/": app}))
    return Errors(Compression(Sessions(Visit(Identification(app, [Known])))))


EACH = {
    "Compression": Compression,
    "Prefixes": lambda app: Prefixes({"/": app}),
    "Patterns": lambda app: Patterns([("", app)]),
    "Errors": Errors,
    "Sessions": lambda app: Sessions(Visit(app)),
    "Identification": lambda app: Identification(Authentication(app), [Known]),
    "Static": lambda app: Static("tests", app),
    "all of them": _all,
}


@pytest.fixture(params=EACH)
def wrap(request):
    """Puts the middleware around an application, with a validator between them."""
    return lambda app: EACH[request.param](validator(app))


@pytest.fixture(params=EACH)
def bare(request):
    """The same without the validator, which wraps what it is given."""
    return EACH[request.param]


@pytest.fixture
def gzip():
    return {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_body_and_head_come_through(wrap, ask, gzip, answering, method):
    headers = [*TEXT, ("X-Own", "kept"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    app = answering([b"one", b"two"], headers, "202 Accepted")
    answer = ask(wrap(app), "/", method, b"body", **gzip)
    assert (answer.status, answer.plain) == ("202 Accepted", b"onetwo")
    assert answer.headers["X-Own"] == "kept"
    cookies = [v for n, v in answer.heads[-1][1] if n == "Set-Cookie"]
    assert cookies[:2] == ["a=1", "b=2"]


def test_request_comes_through(wrap, ask):
    def app(environ, start_response):
        start_response("200 OK", list(TEXT))
        return [environ["wsgi.input"].read(4), environ["PATH_INFO"].encode("latin-1")]

    assert ask(wrap(app), "/caf\u00c3\u00a9", "POST", b"sent").plain == (
        b"sent/caf\xc3\xa9"
    )


def test_each_block_is_passed_on_before_the_next_is_asked_for(wrap, begin, gzip):
    asked = []

    def app(environ, start_response):
        start_response("200 OK", list(TEXT))
        for number in range(3):
            asked.append(number)
            yield b"block %d" % number

    exchange = begin(wrap(app), **gzip)
    for number in range(3):
        assert exchange.step()
        assert asked == list(range(number + 1))
    exchange.finish()
    assert exchange.plain == b"block 0block 1block 2"


def test_empty_block_is_passed_on(wrap, begin):
    def app(environ, start_response):
        start_response("200 OK", list(TEXT))
        yield b""
        yield b"late"

    exchange = begin(wrap(app))
    assert exchange.step() == b""
    exchange.finish()


def test_application_may_start_when_it_is_iterated(wrap, ask, gzip):
    def app(environ, start_response):
        start_response("201 Created", list(TEXT))
        yield b"late"

    answer = ask(wrap(app), **gzip)
    assert (answer.status, answer.plain) == ("201 Created", b"late")


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_close_is_passed_on_once(wrap, begin, gzip, answering, Closing, steps):
    blocks = Closing([b"one", b"two"])
    # The validator inside would not like an iterable that is not used up.
    exchange = begin(wrap(answering(blocks)), checked=False, **gzip)
    for _ in range(steps):
        exchange.step()
    assert blocks.closed == 0
    exchange.close()
    assert blocks.closed == 1


def test_close_is_passed_on_after_an_exception(bare, begin, Closing, gzip):
    def raising():
        yield b"one"
        raise ValueError("told to fail")

    blocks = Closing(raising())

    def app(environ, start_response):
        start_response("200 OK", list(TEXT))
        return blocks

    exchange = begin(bare(app), checked=False, **gzip)
    assert exchange.step()
    with pytest.raises(ValueError, match="told to fail"):
        exchange.finish()
    exchange.close()
    assert blocks.closed == 1


def test_write_goes_first(wrap, ask, gzip):
    def app(environ, start_response):
        write = start_response("200 OK", list(TEXT))
        write(b"written ")
        write(b"twice ")
        return [b"returned"]

    answer = ask(wrap(app), **gzip)
    assert answer.plain == b"written twice returned"
    assert len(answer.written) == 2


def test_head_can_be_replaced_before_it_is_out(wrap, ask, gzip):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "image/png"), ("X-First", "1")])
        try:
            raise ValueError
        except ValueError:
            start_response("503 Service Unavailable", list(TEXT), sys.exc_info())
        return [b"failed"]

    answer = ask(wrap(app), **gzip)
    assert (answer.status, answer.plain) == ("503 Service Unavailable", b"failed")
    assert "X-First" not in answer.headers


def test_head_that_is_out_raises(bare, begin, gzip):
    def app(environ, start_response):
        start_response("200 OK", list(TEXT))
        yield b"one"
        try:
            raise ValueError("too late")
        except ValueError:
            start_response("500 Oops", list(TEXT), sys.exc_info())
        yield b"never"

    exchange = begin(bare(app), checked=False, **gzip)
    assert exchange.step()
    with pytest.raises(ValueError, match="too late"):
        exchange.finish()
    assert len(exchange.heads) == 1


def test_head_has_no_body_to_change(wrap, ask, gzip, answering):
    answer = ask(wrap(answering([])), "/", "HEAD", **gzip)
    assert (answer.status, answer.body) == ("200 OK", b"")


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_response_without_a_body_stays_one(wrap, ask, gzip, answering, status):
    answer = ask(wrap(answering([], [("ETag", '"1"')], status)), **gzip)
    assert (answer.status, answer.body) == (status, b"")
    assert "Content-Encoding" not in answer.headers


def test_file_is_left_to_the_server(bare, begin):
    made = []

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "image/png")])
        made.append(environ["wsgi.file_wrapper"](io.BytesIO(b"image")))
        return made[0]

    exchange = begin(bare(app), checked=False, HTTP_ACCEPT_ENCODING="gzip")
    assert exchange.result is made[0]


def test_list_is_left_a_list_so_that_its_length_is_known(bare, begin):
    blocks = [b"one"]

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "image/png")])
        return blocks

    assert begin(bare(app), checked=False).result is blocks


def test_environ_without_a_file_wrapper_will_do(wrap, ask, answering):
    assert ask(wrap(answering([b"one"])), wsgi__file_wrapper=None).plain == b"one"
