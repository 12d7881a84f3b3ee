"""isthmus.chain in a worker: what it asks the container, and what it returns."""

import io
import marshal
import threading

import pytest

from isthmus_worker.chains import Chain
from isthmus_worker.inputs import Input
from isthmus_worker.rules import Rules

RULES = Rules(
    {
        "SERVICE_ENDED": "ended",
        "SERVICE_THREAD": "thread",
        "CHAIN_TWICE": "twice",
        "CHAIN_INPUT": "read(%s) gave %s",
    }
)
HEAD = ["start", "200 OK", ["A", "b", "C", "d"]]


class Wire:
    """The container's parts of one response, and what it was told of them."""

    is_gone = False

    def __init__(self, *parts):
        self.thread = threading.get_ident()
        self._parts = iter(parts)
        self.answers = []

    def chain(self, answer):
        self.answers.append(marshal.loads(marshal.dumps(answer, 2)))
        return marshal.dumps(next(self._parts), 2)


class Client:
    """start_response and write."""

    def __init__(self):
        self.got = []

    def start_response(self, status, headers, exc_info=None):
        self.got.append((status, headers))
        return self.got.append


def _chain(wire):
    body = Input(wire, RULES, False)
    return Chain(wire, body, RULES), body


def test_parts_go_to_start_response_and_write_and_the_rest_is_a_list():
    wire, browser = Wire(HEAD, ["block", b"1"], ["left", b"2"], ["end", b"3"]), Client()
    chain, body = _chain(wire)
    left = chain({"wsgi.input": body}, browser.start_response)
    assert browser.got == [("200 OK", [("A", "b"), ("C", "d")]), b"1"]
    assert left == [b"2", b"3"]
    assert wire.answers == [({}, True)] + [["done", None]] * 3


def test_empty_rest_is_an_empty_list():
    chain, body = _chain(Wire(HEAD, ["end", b""]))
    assert chain({"wsgi.input": body}, Client().start_response) == []


def test_java_sees_headers_and_user_of_environ():
    class Text(str):
        pass

    environ = {
        "HTTP_A": Text("text"),
        Text("HTTP_B"): 5,
        "HTTP_C": None,
        "CONTENT_TYPE": "a/b",
        "REMOTE_USER": "ann",
        "PATH_INFO": "/",
        1: 2,
    }
    wire = Wire(["end", b""])
    _chain(wire)[0](environ, None)
    shown = {
        "HTTP_A": "text",
        "HTTP_B": "5",
        "CONTENT_TYPE": "a/b",
        "REMOTE_USER": "ann",
    }
    assert wire.answers == [(shown, None)]


def test_java_reads_what_has_replaced_the_input():
    wire = Wire(["read", 3], ["read", 3], ["end", b""])
    _chain(wire)[0]({"wsgi.input": io.BytesIO(b"abcd")}, None)
    assert wire.answers == [({}, False), ["done", b"abc"], ["done", b"d"]]


@pytest.mark.parametrize("read, what", [("text", "str 'text'"), (b"1234", "4 octets")])
def test_input_must_give_bytes_and_no_more_than_asked_for(read, what):
    class Body:
        def read(self, size):
            return read

    wire = Wire(["read", 3], ["raise"])
    with pytest.raises(ValueError, match=r"read\(3\) gave " + what):
        _chain(wire)[0]({"wsgi.input": Body()}, None)
    assert wire.answers[1][:2] == ["raised", False]


@pytest.mark.parametrize("kind", [OSError, KeyError, SystemExit])
def test_failure_is_raised_when_java_has_ended(kind):
    def start_response(status, headers):
        raise failure

    failure = kind("told to")
    wire = Wire(HEAD, ["raise"])
    with pytest.raises(kind) as caught:
        _chain(wire)[0]({}, start_response)
    assert caught.value is failure
    outcome, is_os_error, text = wire.answers[1]
    assert (outcome, is_os_error) == ("raised", kind is OSError)
    assert text.startswith(kind.__name__)


def test_failure_is_raised_at_once_when_the_container_is_gone():
    def start_response(status, headers):
        wire.is_gone = True
        raise BrokenPipeError("gone")

    wire = Wire(HEAD)
    with pytest.raises(BrokenPipeError, match="gone"):
        _chain(wire)[0]({}, start_response)


def test_chain_that_outlives_its_request_asks_no_more():
    # A greenlet can: the wire then belongs to the next request.
    wire = Wire(HEAD)
    chain, body = _chain(wire)
    with pytest.raises(RuntimeError, match="ended"):
        chain({}, lambda status, headers: body.end())
    assert len(wire.answers) == 1


def test_chain_is_for_one_call_in_the_thread_of_its_request():
    chain, body = _chain(Wire(["end", b""]))
    assert chain({}, None) == []
    with pytest.raises(RuntimeError, match="twice"):
        chain({}, None)
    raised = []

    def call():
        try:
            chain({}, None)
        except RuntimeError as e:
            raised.append(str(e))

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert raised == ["thread"]
    body.end()
    with pytest.raises(RuntimeError, match="ended"):
        chain({}, None)
