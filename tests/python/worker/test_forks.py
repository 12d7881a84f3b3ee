"""A process that the application forks keeps its files to itself and is logged.

It has none of the worker's pipes, so what needs one is refused, or goes to standard
error. It ends where it leaves the application's code.
"""

import pytest

from processes import APPS, call


@pytest.fixture(scope="module", params=["INFO", "CONTAINER"])
def worker(start, request):
    worker = start({"apps.py": APPS}, log_level=request.param, threads=2)
    worker.load("apps:application")
    return worker


def test_child_logs_to_standard_error_and_not_into_its_files(worker):
    assert call(worker, "forks_and_logs") == (0, 20, 0)
    expected = b"child logs, enabled: [False, True, True]\n"
    worker.wait(lambda: expected in worker.raw.get("stderr", b""))


def test_child_of_a_child_keeps_its_files(worker):
    assert call(worker, "forks_twice") == []
    assert call(worker, "nests_processes") == 7


def test_function_that_logs_runs_in_a_pool(worker):
    assert call(worker, "pool_logs") == [None] * 5
    worker.wait(lambda: worker.raw.get("stderr", b"").count(b"pooled") == 5)


def test_what_needs_the_container_is_refused(worker):
    environ = {"PATH_INFO": "/forks_and_uses"}
    response = worker.slots[0].request(0, environ, body=b"unread")
    child, answers = eval(response.body)
    assert answers == [("OSError", "FORKED %d" % child)] * 4
    assert call(worker, "pid") == worker.process.pid


def test_child_that_raises_is_told_of(worker):
    assert call(worker, "forks_and_raises", "ValueError") == 1
    worker.wait(lambda: b"ValueError: of the child\n" in worker.raw["stderr"])
    assert b"in forks_and_raises" in worker.raw["stderr"]


def test_child_that_exits_does_so_silently(worker):
    before = worker.raw.get("stderr", b"")
    assert call(worker, "forks_and_raises", "exit") == 7
    assert call(worker, "prints_below") is None
    worker.wait(lambda: b"raw err\n" in worker.raw["stderr"][len(before) :])
    assert b"SystemExit: 7" not in worker.raw["stderr"]


def test_child_that_exits_with_a_text_shows_it_alone(worker):
    before = len(worker.raw.get("stderr", b""))
    assert call(worker, "forks_and_raises", "text") == 1
    worker.wait(lambda: worker.raw["stderr"][before:].endswith(b"why it ends\n"))
    assert b"Traceback" not in worker.raw["stderr"][before:]


def test_child_that_returns_is_told_of(worker):
    assert call(worker, "forks_and_returns") == "parent"
    worker.wait(lambda: b"FORKED" in worker.raw["stderr"])


IMPORTED = """
import os
child = os.fork()
if child:
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
else:
    {}

def application(environ, start_response):
    start_response("200 OK", [])
    return [b"%d" % status]
"""


# What a worker does once an application is there shows in the child's standard error.
GOES_ON = "import gc; gc.disable(); "
GOES_ON += "gc.callbacks.append(lambda *_: os.write(2, b'goes on'))"


@pytest.mark.parametrize(
    "does, said",
    [
        ("raise ValueError('of an import')", b"of an import\n"),
        ("pass", b"FORKED"),
        (GOES_ON, b"FORKED"),
    ],
)
def test_child_of_an_import_ends_with_it(start, does, said):
    worker = start({"app.py": IMPORTED.format(does)})
    assert worker.load("app:application") == (0, "app:application")
    assert worker.slots[0].request().body == b"1"
    worker.wait(lambda: said in worker.raw.get("stderr", b""))
    assert b"goes on" not in worker.raw["stderr"]


CALLED = """
import os
import sys


def forks():
    os.write(2, b"forks\\n")
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(2, b"%d\\n" % status)
    else:
        {}


class Result(list):
    def close(self):
        if self[0] == b"/close":
            forks()


def application(environ, start_response):
    path = environ["PATH_INFO"]
    os.write(2, b"called\\n")
    if path == "/application":
        forks()
    start_response("200 OK", [])
    return Result([path.encode()])


def started(details):
    if details["environ"]["PATH_INFO"] == "/started":
        forks()


def finished(details):
    os.write(2, b"finished\\n")
    if details["environ"]["PATH_INFO"] == "/finished":
        forks()
"""
# What is written by the worker alone, with the exit code of its child.
WRITTEN = {
    "/started": "forks {} called finished",
    "/application": "called forks {} finished",
    "/close": "called forks {} finished",
    "/finished": "called finished forks {}",
}


@pytest.mark.parametrize(
    "does, said, code",
    [
        ("sys.exit(3)", "", 3),
        ("raise ValueError('of a child')", "ValueError: of a child", 1),
        ("pass", "FORKED", 1),
    ],
)
def test_child_of_a_request_ends_where_it_leaves_the_application(
    start, does, said, code
):
    worker = start({"app.py": CALLED.format(does)})
    events = {"request_started": ["app:started"], "request_finished": ["app:finished"]}
    worker.load("app:application", events=events)
    for path, written in WRITTEN.items():
        worker.raw["stderr"] = b""
        assert worker.slots[0].request(0, {"PATH_INFO": path}).body == path.encode()
        expected = written.format(code).encode().split()
        worker.wait(lambda words=expected: len(_words(worker)) >= len(words))
        assert _words(worker) == expected
        assert said.encode() in worker.raw["stderr"]


def _words(worker):
    """Lines of one word, which are not a traceback's."""
    return [line for line in worker.raw["stderr"].splitlines() if line.isalnum()]
