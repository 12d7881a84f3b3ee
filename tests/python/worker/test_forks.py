"""A process that the application forks keeps its files to itself and is logged.

It has none of the worker's pipes, so what needs one is refused, or goes to standard
error.
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


@pytest.mark.parametrize(
    "does, said",
    [("raise ValueError('of an import')", b"of an import\n"), ("pass", b"FORKED")],
)
def test_child_of_an_import_ends_with_it(start, does, said):
    worker = start({"app.py": IMPORTED.format(does)})
    assert worker.load("app:application") == (0, "app:application")
    assert worker.slots[0].request().body == b"1"
    worker.wait(lambda: said in worker.raw.get("stderr", b""))
