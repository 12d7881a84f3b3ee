"""sys.stdout, sys.stderr and wsgi.errors of a worker: what they are, what they log."""

import pytest

import hosting
from isthmus_worker import frames
from processes import call

APPS = r"""
import atexit
import io
import os
import sys
import threading

print("imported", end="")


def application(environ, start_response):
    result = globals()[environ["PATH_INFO"].strip("/")](environ)
    start_response("200 OK", [])
    return [ascii(result).encode()]


def attributes(environ):
    streams = sys.stdout, sys.stderr, environ["wsgi.errors"]
    assert all(isinstance(stream, io.TextIOWrapper) for stream in streams)
    names = "name mode encoding errors newlines closed line_buffering write_through"
    asked = "readable writable seekable isatty fileno"
    of_octets = sys.stdout.buffer.name, sys.stdout.buffer.mode
    assert sys.stdout.buffer.raw.fileno() == 1
    return (
        [[getattr(stream, name) for name in names.split()] for stream in streams],
        [[getattr(stream, name)() for name in asked.split()] for stream in streams],
        of_octets,
    )


def reconfigures(environ):
    sys.stdout.reconfigure(
        encoding="ascii", errors="replace", newline="\r\n",
        line_buffering=False, write_through=True,
    )
    print("after \u00e9\udc80")
    found = sys.stdout.encoding, sys.stdout.errors
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return found


def wraps(environ):
    # As older programs do; the wrapper is gone at once, and closes what it wraps.
    wrapper = io.TextIOWrapper(sys.stdout.buffer, "utf-8", write_through=True)
    wrapper.write("wrapped\n")
    del wrapper
    with sys.stdout:
        pass
    print("still open")


def detaches(environ):
    detached = sys.stderr.detach()
    detached.write(b"detached\n")
    environ["wsgi.errors"].write("others\n")
    sys.stderr.write("the same\n")


def writes_octets(environ):
    octets = "\u00e9\u20ac\U0001f600".encode()
    for octet in octets:
        sys.stdout.buffer.write(bytes([octet]))
    sys.stdout.write("|")
    sys.stdout.buffer.write(octets[:1])
    sys.stdout.write("x")
    sys.stdout.buffer.write(memoryview(b"\xff\n"))
    # Of two threads, each begins a character, and ends it.
    other = threading.Thread(target=sys.stdout.buffer.write, args=(octets[:1],))
    sys.stdout.buffer.write(octets[2:4])
    other.start()
    other.join()
    sys.stdout.buffer.write(octets[4:5] + b"\n")
    return sys.stdout.buffer.write(b"abc")


def refuses(environ):
    raised = []
    for write, value in (
        (sys.stdout.write, b"octets"),
        (sys.stdout.buffer.write, "text"),
        (sys.stdout.buffer.write, 5),
    ):
        try:
            write(value)
        except TypeError:
            raised.append(value)
    return raised


def in_threads(environ):
    for number in range(3):
        thread = threading.Thread(target=print, args=(number,), kwargs={"end": ""})
        thread.start()
        thread.join()


def without_an_end(environ):
    size, times = map(int, environ["QUERY_STRING"].split(","))
    for _ in range(times):
        sys.stdout.write("x" * size)
    return sum(map(len, sys.stdout.unfinished[threading.get_ident()].parts))


def forks(environ):
    here, there = os.pipe()
    sys.stdout.write("of the parent")
    child = os.fork()
    if not child:
        try:
            sys.stdout.flush()
            print("of the child", flush=True)
            os.write(there, b"ok")
        finally:
            os._exit(0)
    os.close(there)
    os.waitpid(child, 0)
    with open(here, "rb") as file:
        return file.read()


def at_the_end(environ):
    atexit.register(print, "of an exit function", end="")
    written = threading.Event()

    def write():
        sys.stderr.write("of a daemon")
        environ["wsgi.errors"].write("to errors")
        written.set()
        threading.Event().wait()

    threading.Thread(target=write, daemon=True).start()
    written.wait()
"""


@pytest.fixture(scope="module")
def worker(start):
    worker = start({"apps.py": APPS}, threads=2)
    worker.load("apps:application")
    return worker


def _assert_logs(worker, name, lines, stream="stdout"):
    """Call, wait for the lines that this logs, and return what the call returned."""
    worker.settle()
    del worker.log[:]
    result = call(worker, name)
    # What has no line break comes after the response.
    worker.wait(lambda: len(worker.lines(stream)) >= len(lines))
    assert worker.lines(stream) == lines
    return result


def test_streams_are_what_programs_take_them_for(worker):
    (out, err, errors), asked, of_octets = call(worker, "attributes")
    alike = ["w", "utf-8", "backslashreplace", None, False, True, False]
    assert out == ["<stdout>", *alike]
    assert err == ["<stderr>", *alike]
    assert errors == ["<errors>", *alike]
    assert asked == [[False, True, False, False, fd] for fd in (1, 2, 2)]
    assert of_octets == ("<stdout>", "wb")


def test_streams_may_be_reconfigured(worker):
    """What goes to the log stays the text itself."""
    found = _assert_logs(worker, "reconfigures", ["after \xe9\udc80"])
    assert found == ("ascii", "replace")


def test_streams_may_be_wrapped_and_closed(worker):
    _assert_logs(worker, "wraps", ["wrapped", "still open"])


def test_detached_stream_goes_on(start):
    worker = start({"apps.py": APPS})
    worker.load("apps:application")
    _assert_logs(worker, "detaches", ["detached", "the same"], "stderr")
    assert worker.lines("errors") == ["others"]


def test_octets_may_end_within_a_character(worker):
    expected = ["\xe9\u20ac\U0001f600|\\xc3x\\xff", "\\xc3", "\u20ac", "abc"]
    assert _assert_logs(worker, "writes_octets", expected) == 3


def test_text_and_octets_are_not_mistaken(worker):
    assert call(worker, "refuses") == [b"octets", "text", 5]


def test_rest_of_a_line_is_logged_when_its_thread_ends(worker):
    _assert_logs(worker, "in_threads", ["0", "1", "2"])


def test_rest_of_a_line_is_logged_when_the_import_ends(start):
    worker = start({"apps.py": APPS})
    worker.load("apps:application")
    worker.wait(lambda: worker.lines("stdout") == ["imported"])


@pytest.mark.parametrize("size", [1, 7, 40000, 65536, 65537])
def test_line_without_an_end_is_logged_in_parts(worker, size):
    times = 200_000 // size + 1
    worker.settle()
    del worker.log[:]
    kept = call(worker, "without_an_end", "%d,%d" % (size, times))
    assert kept <= max(65536, size)
    text = "x" * size * times
    if size <= 65536:
        worker.wait(lambda: "".join(worker.lines("stdout")) == text)
        assert max(map(len, worker.lines("stdout"))) <= 65536
    else:
        cut = "[... %d characters cut ...]" % (size - 65536)
        worker.wait(lambda: sum(cut in t for t in worker.lines("stdout")) == times)


def test_child_logs_nothing_of_its_parent(worker):
    assert _assert_logs(worker, "forks", ["of the parent"]) == b"ok"
    worker.wait(lambda: b"of the child\n" in worker.raw.get("stdout", b""))


def test_rest_of_all_lines_is_logged_when_the_process_ends(start):
    worker = start({"apps.py": APPS})
    worker.load("apps:application")
    call(worker, "at_the_end")
    worker.command(frames.EXIT, ())
    assert worker.process.wait(hosting.LIMIT) == 0
    worker.wait(lambda: "of an exit function" in worker.lines("stdout"))
    worker.wait(lambda: worker.lines("stderr") == ["of a daemon"])
    worker.wait(lambda: worker.lines("errors") == ["to errors"])
