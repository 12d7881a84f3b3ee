"""isthmus.submit in a worker: what is logged, and how tasks end with the process."""

import threading
import time

import pytest

import hosting
from isthmus_worker import frames
from isthmus_worker.rules import Rules
from isthmus_worker.tasks import Tasks

APP = r"""
import atexit
import os
import sys
import threading
import time

atexit.register(lambda: print("exit function"))
gate = threading.Event()


def application(environ, start_response):
    function = globals()[environ["PATH_INFO"].strip("/")]
    environ["isthmus.submit"](function)
    start_response("200 OK", [])
    return []


def fails():
    raise KeyError("of a task")


def exits():
    sys.exit("of a task")


def writes():
    sys.stdout.write("no line break")


def forks():
    child = os.fork()
    if child:
        print("child has ended with", os.WEXITSTATUS(os.waitpid(child, 0)[1]))


def slow():
    time.sleep(0.3)
    print("slow task has ended")


def stays():
    gate.wait(600)
"""


@pytest.fixture
def worker(start):
    """worker(drain) has loaded the application."""

    def loaded(drain=10.0):
        worker = start({"app.py": APP})
        worker.load("app:application", drain=drain)
        return worker

    return loaded


def _ask(worker, path):
    assert worker.slots[0].request(0, {"PATH_INFO": path}).status == "200 OK"


def _logged(worker, text):
    def found():
        return [each for each in worker.log if text in each[2]]

    return worker.wait(found)[0]


@pytest.mark.parametrize(
    ("path", "error"), [("/fails", "KeyError: 'of a task'"), ("/exits", "SystemExit")]
)
def test_exception_is_logged_with_its_traceback(worker, path, error):
    worker = worker()
    _ask(worker, path)
    _, level, text = _logged(worker, error)[:3]
    assert level == 40
    assert "TASK_RAISED: app:" + path[1:] in text
    assert "Traceback (most recent call last)" in text
    _ask(worker, "/writes")
    _logged(worker, "no line break")


def test_container_is_told_once_how_long_the_end_may_take(worker):
    worker = worker(drain=7.5)
    for _ in range(2):
        _ask(worker, "/writes")
    assert worker.event(frames.TASKS) == (7.5,)
    worker.settle()
    assert not worker.events[frames.TASKS]


def _tasks(threads, say=None, using=lambda seconds: None):
    options = {"threads": threads, "max_queue": 9, "drain": 7.5}
    rules = Rules({"TASK_RAISED": "%s"})
    return Tasks("app", options, rules, say, using, lambda: None)


def test_two_first_tasks_at_once_tell_it_once():
    seen = []

    def using(seconds):
        seen.append(seconds)
        tasks.submit(len, "")  # in the middle of the other

    tasks = _tasks(2, using=using)
    tasks.submit(len, "")
    assert seen == [7.5]
    assert tasks.submit.end(hosting.LIMIT) == ""


def test_thread_takes_the_next_task_where_the_log_fails(capsys):
    def say(level, text):
        raise OSError("no log")

    tasks, done = _tasks(1, say), threading.Event()
    tasks.submit([].remove, "nothing")
    tasks.submit(done.set)
    assert done.wait(hosting.LIMIT)
    assert tasks.submit.end(hosting.LIMIT) == ""
    assert "OSError: no log" in capsys.readouterr().err


def test_forked_process_takes_no_tasks(worker):
    worker = worker()
    _ask(worker, "/forks")
    _logged(worker, "child has ended with 1")


def test_exit_waits_for_tasks_then_runs_exit_functions(worker):
    worker = worker()
    for _ in range(3):
        _ask(worker, "/slow")
    worker.command(frames.EXIT, ())
    assert worker.process.wait(hosting.LIMIT) == 0
    lines = worker.lines("stdout")
    assert lines == ["slow task has ended"] * 3 + ["exit function"]


def test_exit_names_the_tasks_that_do_not_end(worker):
    worker = worker(drain=0.2)
    for _ in range(3):
        _ask(worker, "/stays")
    began = time.monotonic()
    worker.command(frames.EXIT, ())
    assert worker.process.wait(hosting.LIMIT) == 0
    assert time.monotonic() - began > 0.2
    _, level, text = _logged(worker, "TASKS_CUT")[:3]
    assert level == 30
    assert "running 2 (app:stays 2); waiting 1 (app:stays)" in text
    worker.wait(lambda: "exit function" in worker.lines("stdout"))
