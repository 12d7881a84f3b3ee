"""One call of an application in a real worker, by its real pipes (PEP 3333)."""

import fcntl
import os
import sys

import pytest

from isthmus_worker import frames

APPS = r'''
import io
import sys

closed = []
OK = "200 OK"


class Blocks(list):
    """An iterable that has a close(), and iterates over what it has."""

    def __init__(self, blocks, error=None):
        list.__init__(self, blocks)
        self.error = error

    def __iter__(self):
        for block in list.__iter__(self):
            if isinstance(block, BaseException):
                raise block
            yield block

    def close(self):
        closed.append(True)
        if self.error:
            raise self.error


def application(environ, start_response):
    return globals()[environ["PATH_INFO"].strip("/")](environ, start_response)


def hello(environ, start_response):
    start_response(OK, [("Content-Type", "text/plain")])
    return [b"Hello, ", b"world!"]


def env(environ, start_response):
    start_response(OK, [])
    assert type(environ) is dict
    shown = {k: v for k, v in environ.items() if type(v) in (str, bool, tuple)}
    return [ascii(shown).encode()]


def count(environ, start_response):
    start_response(OK, [])
    return (b"%d" % len(closed),)


def generated(environ, start_response):
    start_response(OK, [])
    yield b""
    yield b"one"
    yield b"two"


def single(environ, start_response):
    start_response(OK, [])
    return Blocks([b"12345"])


def single_counted(environ, start_response):
    start_response(OK, [("Content-Length", "5")])
    yield b"12345"


def lingers(environ, start_response):
    """Ends when somebody opens a named pipe for writing."""
    start_response(OK, [("Content-Length", "5")])
    yield b"12345"
    open(environ["QUERY_STRING"]).close()


def fails_after(environ, start_response):
    start_response(OK, [("Content-Length", "5")])
    yield b"12345"
    raise KeyError("after")


def too_long(environ, start_response):
    start_response(OK, [("Content-Length", "5")])
    yield b"12345"
    yield b"6"


def none_of_many(environ, start_response):
    start_response(OK, [])
    return Blocks([])


def writes(environ, start_response):
    write = start_response(OK, [])
    write(b"")
    write(b"written")
    return [b"returned", b"", b"too"]


def twice(environ, start_response):
    start_response(OK, [("A", "1")])
    start_response("204 No Content", [])
    return []


def replaces(environ, start_response):
    start_response(OK, [("A", "1")])
    try:
        raise KeyError("k")
    except KeyError:
        start_response("500 Oh", [("B", "2")], sys.exc_info())
    return [b"replaced"]


def too_late(environ, start_response):
    start_response(OK, [])
    yield b"out"
    try:
        raise KeyError("the cause")
    except KeyError:
        start_response("500 Oh", [], sys.exc_info())


def bad(environ, start_response):
    start_response(*eval(environ["QUERY_STRING"]))
    return [b""]


def told(environ, start_response):
    """What start_response raises is the application's to catch."""
    try:
        start_response(OK, [("A", "bad\n")])
    except Exception as e:
        start_response(OK, [])
        return [type(e).__name__.encode(), b" ", str(e).encode()]


def returns(environ, start_response):
    start_response(OK, [])
    return eval(environ["QUERY_STRING"])


def never_starts(environ, start_response):
    return [b"x"]


def exits(environ, start_response):
    sys.exit(3)


def late(environ, start_response):
    if not closed or not callable(closed[-1]):
        closed.append(start_response(OK, []))
        return [b"kept"]
    write = closed.pop()
    try:
        write(b"x")
    except OSError as e:
        start_response(OK, [])
        return [str(e).encode()]
'''


@pytest.fixture(scope="module")
def worker(start):
    worker = start({"apps.py": APPS})
    assert worker.load("apps:application")[1] == "apps:application"
    return worker


@pytest.fixture
def call(worker):
    def called(name, query="", **options):
        environ = {"PATH_INFO": "/" + name, "QUERY_STRING": query}
        environ.update(options.pop("environ", {}))
        return worker.slots[0].request(0, environ, **options)

    return called


def test_list_is_one_frame_with_all_of_it(call):
    call("hello")  # by which the container has seen this head
    response = call("hello")
    assert response.kinds == [frames.FULL]
    assert response.status == "200 OK"
    assert response.headers == [("Content-Type", "text/plain")]
    assert response.body == b"Hello, world!"


def test_head_is_checked_by_the_container_until_it_has_seen_its_like(call):
    query = "('299 New', [('X-New', 'v'), ('Content-Length', '0')])"
    assert call("bad", query).checked == [
        ["299 New", "X-New", "v", "Content-Length", "0"]
    ]
    assert call("bad", query).checked == []
    for other in (
        "('298 New', [('X-New', 'v')])",
        "('299 New', [('X-Other', 'v')])",
        "('299 New', [('X-New', 'a\\tb')])",
        "('299 New', [('X-New', 'é')])",
        "('299 New', [('Content-Length', '-1')])",
        "('299 New', [('Content-Length', '1'), ('Content-Length', '1')])",
    ):
        assert len(call("bad", other).checked) == 1, other


def test_what_the_container_refuses_is_raised_where_it_was_written(call):
    verdicts = {"bad\n": ("HEADER_VALUE", "IS0016: no")}
    response = call("told", verdicts=verdicts)
    assert response.body == b"ValueError IS0016: no"


def test_environ_is_a_dict_of_native_strings(call, worker):
    environ = {"HTTP_X": "\xe9\xff\u0080", "PATH_INFO": "/env", "SCRIPT_NAME": "/\xe6"}
    shown = eval(call("env", environ=environ).body)
    assert shown.items() >= environ.items()
    assert shown["wsgi.version"] == (1, 0)
    assert shown["wsgi.multithread"] is False
    assert shown["wsgi.run_once"] is False
    assert shown["wsgi.input_terminated"] is True


def test_request_too_large_for_the_queue_comes_by_its_slot(call):
    environ = {"HTTP_COOKIE": "x" * 60000}
    response = call("env", environ=environ, big=True)
    assert eval(response.body)["HTTP_COOKIE"] == environ["HTTP_COOKIE"]


def test_generated_blocks_are_sent_one_by_one(call):
    response = call("generated")
    assert [k for k in response.kinds if k != frames.CHECK] == [
        frames.HEAD,
        frames.BODY,
        frames.BODY,
        frames.END,
    ]
    assert response.blocks == [b"one", b"two"]
    assert response.flushes == [frames.FLUSH, frames.FLUSH]
    assert response.length == -1


def test_body_of_a_single_block_is_one_frame_with_all_of_it(call):
    call("single")  # by which the container has seen this head
    for name in ("single", "single_counted"):
        response = call(name)
        assert response.kinds[-1:] == [frames.FULL], name
        assert frames.BODY not in response.kinds, name
        assert response.body == b"12345", name


def test_body_of_a_single_block_does_not_wait_for_a_long_end(worker, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    environ = {"PATH_INFO": "/lingers", "QUERY_STRING": str(pipe)}
    slot = worker.slots[0]
    slot.request(0, {"PATH_INFO": "/single_counted"})  # so that no CHECK comes
    worker.send(0, 0, environ)
    assert slot.next()[0] == frames.HEAD
    assert slot.next()[2] == b"12345"
    pipe.write_text("")
    assert slot.next()[0] == frames.END


def test_what_follows_a_single_block_comes_after_it(call):
    response = call("fails_after")
    assert (response.blocks, response.kinds[-1]) == ([b"12345"], frames.FAILED)
    assert "KeyError: 'after'" in response.failure[2]
    response = call("too_long")
    assert (response.blocks, response.kinds[-1]) == ([b"12345", b"6"], frames.END)


def test_head_without_blocks_is_sent_at_the_end(call):
    response = call("none_of_many")
    assert (response.status, response.body) == ("200 OK", b"")
    assert response.kinds[-1] == frames.FULL


def test_bodiless_request_asks_for_one_block_only(call):
    response = call("generated", bodiless=True)
    assert response.blocks == [b"one"]


def test_close_is_called_once(call):
    before = int(call("count").body)
    call("single")
    call("none_of_many")
    call("single", bodiless=True)
    call("returns", "Blocks([b'x', ValueError('in the middle')])")
    assert int(call("count").body) == before + 4


def test_close_that_raises_is_reported(call):
    for blocks in ("[b'x']", "[]", "[b'x', b'y']"):
        response = call("returns", "Blocks(%s, KeyError('closing'))" % blocks)
        assert response.status == "200 OK"
        assert "KeyError: 'closing'" in response.trouble
        assert "in close" in response.trouble


def test_write_sends_at_once(call):
    response = call("writes")
    assert response.blocks == [b"written", b"returned", b"too"]
    assert response.flushes[0] == frames.FLUSH


def test_head_can_be_replaced_with_exc_info(call):
    response = call("replaces")
    assert (response.status, response.headers) == ("500 Oh", [("B", "2")])
    assert response.body == b"replaced"


def test_head_that_is_out_cannot_be_replaced(call):
    response = call("too_late")
    rule, values, text, _ = response.failure
    assert (rule, values) == ("", ())
    assert "KeyError: 'the cause'" in text
    assert response.blocks == [b"out"]


@pytest.mark.parametrize(
    "arguments, rule",
    [
        ("(b'200 OK', [])", "TypeError: STATUS_TYPE bytes b'200 OK'"),
        ("('200 OK', ())", "TypeError: HEADERS_TYPE of type tuple"),
        ("('200 OK', ['a'])", "TypeError: HEADER_TYPE str 'a'"),
        ("('200 OK', [('a', b'b')])", "TypeError: HEADER_TYPE (str 'a', bytes b'b')"),
        ("('200 OK', [['a', 'b']])", "TypeError: HEADER_TYPE of type list"),
        ("('200 OK', [], 1)", "TypeError: EXC_INFO_TYPE of type int"),
        ("('200 OK',)", "TypeError: START_RESPONSE_ARGUMENTS"),
        ("('200 OK', [], None, 1)", "TypeError: START_RESPONSE_ARGUMENTS"),
    ],
)
def test_start_response_refuses(call, arguments, rule):
    rule_name, _, text, _ = call("bad", arguments).failure
    assert rule_name == ""
    assert rule in text
    assert "in bad" in text
    # Of ours there is nothing above the application's own code.
    assert "in run" not in text


def test_second_start_response_is_refused(call):
    text = call("twice").failure[2]
    assert "AssertionError: START_RESPONSE_TWICE str '204 No Content'" in text


@pytest.mark.parametrize(
    "result, failure",
    [
        ("None", ("RESULT_NONE", ())),
        ("'text'", ("RESULT_UNICODE", ("str 'text'",))),
        ("1", ("RESULT_NOT_ITERABLE", ("of type int",))),
        ("['text']", ("BLOCK_TYPE", ("str 'text'",))),
        ("iter([b'a', bytearray(b'b')])", ("BLOCK_TYPE", ("of type bytearray",))),
    ],
)
def test_result_is_refused(call, result, failure):
    assert call("returns", result).failure[:2] == failure


def test_octets_alone_are_sent_with_a_warning(call):
    response = call("returns", "b'octets'")
    assert response.body == b"octets"
    assert response.warnings == ["RESULT_STR"]


def test_start_response_is_to_be_called(call):
    assert call("never_starts").failure[:2] == ("START_RESPONSE_MISSING", ())


def test_exit_of_an_application_is_a_failure_of_one_request(call):
    assert "SystemExit: 3" in call("exits").failure[2]
    assert call("hello").body == b"Hello, world!"


def test_write_after_the_end_is_refused(call):
    assert call("late").body == b"kept"
    assert call("late").body == b"RESPONSE_ENDED"


def test_large_body_comes_whole(call):
    response = call("returns", "[b'a' * 300000, b'b' * 70000, b'c']")
    assert response.kinds[-1] == frames.FULL
    assert response.body == b"a" * 300000 + b"b" * 70000 + b"c"
    response = call("returns", "iter([b'a' * 300000, b'b'])")
    assert response.blocks == [b"a" * 300000, b"b"]


def test_pipe_has_room_for_several_large_blocks(call, worker):
    assert len(call("returns", "iter([b'a', b'b' * 65536])").body) == 65537
    if sys.platform.startswith("linux"):
        assert fcntl.fcntl(worker.slots[0].answers, 1032) == 4 * 65536  # F_GETPIPE_SZ
