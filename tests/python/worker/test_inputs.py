"""wsgi.input, read from the container only when the application asks."""

import sys

import pytest

from isthmus_worker import frames
from isthmus_worker.inputs import Input

APP = r"""
def application(environ, start_response):
    body = environ["wsgi.input"]
    result = eval(environ["QUERY_STRING"], {"body": body})
    start_response("200 OK", [])
    return [repr(result).encode()]
"""
TEXT = b"one\ntwo\n\nfour" + b"." * 3000 + b"\nlast"


@pytest.fixture(scope="module")
def worker(start):
    worker = start({"reads.py": APP})
    worker.load("reads:application")
    return worker


@pytest.fixture
def read(worker):
    def done(expression, body, **options):
        environ = {"QUERY_STRING": expression}
        response = worker.slots[0].request(0, environ, body, **options)
        assert response.failure is None, response.failure
        return eval(response.body), response.kinds.count(frames.WANT)

    return done


def test_body_that_nobody_reads_is_not_asked_for(read):
    assert read("1", b"x" * 10) == (1, 0)


def test_empty_body_is_not_asked_for(read):
    assert read("(body.read(), body.readline(), list(body))", b"") == (
        (b"", b"", []),
        0,
    )


@pytest.mark.parametrize("chunked", [False, True])
def test_reads(read, chunked):
    assert read("body.read()", TEXT, chunked=chunked) == (TEXT, 1)
    value, _ = read(
        "[body.read(3), body.read(0), body.read(-1)]", TEXT, chunked=chunked
    )
    assert value == [TEXT[:3], b"", TEXT[3:]]
    value, _ = read("[body.read(n) for n in (1, 5, None, 1)]", TEXT, chunked=chunked)
    assert value == [TEXT[:1], TEXT[1:6], TEXT[6:], b""]
    value, _ = read("body.read(10 ** 30)", TEXT, chunked=chunked)
    assert value == TEXT


def test_lines(read):
    lines = TEXT.splitlines(True)
    assert read("list(body)", TEXT)[0] == lines
    assert read("body.readlines()", TEXT)[0] == lines
    assert read("body.readlines(5)", TEXT)[0] == lines[:2]
    value, _ = read("[body.readline(2), body.readline(9), body.readline()]", TEXT)
    assert value == [b"on", b"e\n", b"two\n"]
    assert read("[body.readline(), body.read()]", TEXT)[0] == [b"one\n", TEXT[4:]]


class Part(bytes):
    """Octets that may be joined with others, but not be added one by one."""

    def __radd__(self, other):
        raise AssertionError("what was there has been copied again")


class Parts:
    """A wire whose parts are these."""

    def __init__(self, parts):
        self.parts = list(parts)

    def want(self, size, exact):
        return Part(self.parts.pop(0)), not self.parts


def test_long_line_is_copied_once_not_with_each_part():
    body = Input(Parts([b"a" * 10, b"b" * 10, b"c\nd", b"e"]), None, False)
    assert body.readline() == b"a" * 10 + b"b" * 10 + b"c\n"
    assert body.readline() == b"de"
    assert body.readline() == b""


def test_large_body_is_asked_for_in_parts_that_the_application_wants(read):
    body = bytes(range(256)) * 2000
    value, wants = read("[body.read(65536) for _ in range(9)]", body)
    assert b"".join(value) == body
    assert [len(part) for part in value] == [65536] * 7 + [len(body) - 7 * 65536, 0]
    assert wants == 8


def test_container_may_answer_a_large_read_in_one_frame(worker):
    for expression in "body.read(65536)", "body.read()":
        environ = {"QUERY_STRING": "len(%s)" % expression}
        response = worker.slots[0].request(0, environ, b"x" * 65536)
        assert (response.body, response.failure) == (b"65536", None)
        wide = frames.WIDE if sys.platform.startswith("linux") else 0
        assert response.wants == [frames.EXACT | wide]


def test_small_reads_take_what_has_come(read):
    value, wants = read("[body.read(10) for _ in range(100)]", b"0123456789" * 100)
    assert value == [b"0123456789"] * 100
    assert wants == 1


def test_container_says_why_it_cannot_be_read(worker):
    slot = worker.slots[1]
    worker.send(1, environ={"QUERY_STRING": "body.read()"}, length=5)
    assert slot.next()[0] == frames.WANT
    slot.answer(frames.ABORT, b"REQUEST_TOO_LARGE\0IS0040: too large")
    kind, _, payload = slot.next()
    assert kind == frames.FAILED
    assert b"OSError: IS0040: too large" in payload


def test_reading_after_the_end_is_refused(worker, start):
    kept = "kept = []\n" + APP.replace(
        "    result", "    kept.append(body)\n    result"
    )
    worker = start({"keeps.py": kept})
    worker.load("keeps:application")
    environ = {"QUERY_STRING": "__import__('keeps').kept[0].closed"}
    assert worker.slots[0].request(0, environ).body == b"False"
    assert worker.slots[0].request(0, environ).body == b"True"
    environ = {"QUERY_STRING": "__import__('keeps').kept[0].read()"}
    assert "OSError: INPUT_ENDED" in worker.slots[0].request(0, environ).failure[2]
