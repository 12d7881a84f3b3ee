"""A worker's life: its applications, threads, output and children."""

import contextlib
import os
import pathlib
import re
import signal

import pytest

import hosting
from isthmus_worker import frames
from processes import APPS, call, is_alive, send, until


@pytest.fixture(scope="module")
def worker(start):
    worker = start({"apps.py": APPS})
    worker.load("apps:application")
    return worker


def test_output_comes_line_by_line_with_levels(worker):
    del worker.log[:]
    call(worker, "prints")
    worker.settle()
    assert worker.lines("stdout") == ["printed é", "in parts", "unfinishedoctets"]
    assert worker.lines("stderr")[0] == "to stderr"
    assert "be warned" in worker.lines("stderr")[1]
    assert worker.lines("errors") == ["to errors", "a", "b"]
    levels = {name: level for name, level, _, _ in worker.log}
    assert (levels["stdout"], levels["stderr"], levels["errors"]) == (20, 30, 40)
    records = [row for row in worker.log if row[0] == "shop.cart"]
    assert records[0] == ("shop.cart", 20, "shop.cart: info 1", True)
    assert records[1][1] == 40
    assert "ZeroDivisionError" in records[1][2]
    assert len(records) == 2


def test_long_records_are_cut_in_the_middle(worker):
    call(worker, "prints_much", "20000000")
    worker.settle()
    printed = worker.lines("stdout")[-1]
    logged = [line for line in worker.lines("shop.cart") if "y" in line][-1]
    for text, start in ((printed, "<xxx"), (logged, "shop.cart: <yyy")):
        assert text.startswith(start)
        assert text.endswith(text[-2] + ">")
        length = 20_000_002 + start.index("<")
        assert "[... %d characters cut ...]" % (length - 65536) in text
        assert len(text) < 65536 + 100
    call(worker, "prints_much", "60000")
    worker.settle()
    assert worker.lines("stdout")[-1] == "<" + "x" * 60000 + ">"


def test_long_failure_is_cut_in_the_middle(worker):
    environ = {"PATH_INFO": "/raises_much", "QUERY_STRING": "20000000"}
    text = worker.slots[0].request(0, environ).failure[2]
    assert text.startswith("Traceback")
    assert "in raises_much" in text
    assert "characters cut ...]" in text
    assert text.endswith("zz>\n")
    assert len(text) < 65536 + 100


def test_output_below_python_and_of_children_comes_too(worker):
    call(worker, "prints_below")
    worker.wait(lambda: b"of a child" in worker.raw.get("stdout", b""))
    assert b"raw out\n" in worker.raw["stdout"]
    worker.wait(lambda: b"raw err\n" in worker.raw.get("stderr", b""))


def test_standard_input_is_empty(worker):
    assert call(worker, "reads_standard_input") == ""


def test_exception_of_a_thread_is_logged(worker):
    call(worker, "thread_fails")
    worker.settle()
    assert "ZeroDivisionError: division by zero" in worker.lines("stderr")


def test_no_module_of_ours_has_a_name_of_the_applications(worker):
    before = {"isthmus", "isthmus_worker"}
    assert {name.partition(".")[0] for name in call(worker, "names")} == before
    # And what the standard library has is imported before the application's path is
    # there: no file of its can stand in for that.
    assert "apps" in {row[0] for row in worker.ask("modules")}


def test_files_to_watch_are_not_ours(worker):
    """Ours are written at each start, and would count as changed."""
    files = worker.ask("files")
    assert [file for file in files if file.endswith("/app/apps.py")]
    assert [file for file in files if file.startswith(str(hosting.SOURCES))] == []
    # Nor is the directory that they are in, which is on sys.path.
    places = worker.ask("path")
    assert [place for place in places if place.endswith("/app")]
    assert [p for p in places if p.startswith(str(hosting.SOURCES))] == []


def test_answer_that_is_too_large_is_not_sent(start):
    """The container would end a worker with such an event."""
    source = "import sys, types\n"
    source += "for n in range(300):\n"
    source += "    sys.modules['m%d' % n] = module = types.ModuleType('m')\n"
    source += "    module.__file__ = '/' + 'x' * 60000\n"
    worker = start({"apps.py": source + APPS})
    worker.load("apps:application")
    assert worker.ask("files") is None
    assert call(worker, "pid") == worker.process.pid


def test_child_inherits_no_pipe(worker):
    # The last is that of the listing itself.
    assert eval(call(worker, "fds"))[:3] == [0, 1, 2]
    assert len(eval(call(worker, "fds"))) == 4


def test_no_signal_is_blocked(start):
    """Java blocks SIGQUIT in each process that it starts."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGQUIT])
    try:
        worker = start({"apps.py": APPS})
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    worker.load("apps:application")
    assert re.findall(r"SigBlk:\s*0*(\w+)", call(worker, "signals")) == ["0"]


def _pipes(worker, pid):
    """The names of the worker's pipes that a process has open."""
    held = []
    for fd in pathlib.Path("/proc/%d/fd" % pid).iterdir():
        # It may close one meanwhile.
        with contextlib.suppress(FileNotFoundError):
            held.append(os.readlink(fd))
    directory = str(worker.directory)
    return {os.path.basename(p) for p in held if os.path.dirname(p) == directory}


# The worker itself leaves the one to its container, and shows its stacks for the other.
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGQUIT])
def test_forked_child_keeps_no_pipe_open_and_can_be_ended(worker, end):
    child = call(worker, "forks")
    try:
        until(lambda: _pipes(worker, child) == {"o", "e"})
        os.kill(child, end)
        until(lambda: not is_alive(child))
    finally:
        os.kill(child, signal.SIGKILL)


def test_quit_shows_the_stacks(worker):
    call(worker, "pid")  # the pipes for its output are open
    worker.process.send_signal(signal.SIGQUIT)
    worker.wait(lambda: b"most recent call first" in worker.raw.get("stderr", b""))
    assert call(worker, "pid") == worker.process.pid


def test_forked_child_answers_no_request(worker):
    assert call(worker, "forks_and_returns") == "parent"
    assert call(worker, "pid") == worker.process.pid


def test_forked_child_writes_no_response_into_its_own_files(worker):
    assert call(worker, "forks_and_opens") == (20, 0)


@pytest.mark.parametrize(
    "app, rule",
    [
        ("absent:application", "MODULE_ABSENT"),
        ("apps:absent", "CALLABLE_ABSENT"),
        ("apps:closed_", "CALLABLE_ABSENT"),
        ("apps:log", "NOT_CALLABLE"),
        ("broken:application", "MODULE_FAILED"),
        ("exits:application", "MODULE_FAILED"),
        ("wrong:application", "MODULE_FAILED"),
        ("needs:application", "MODULE_FAILED"),
    ],
)
def test_application_that_cannot_be_loaded_is_reported(start, app, rule):
    sources = {
        "apps.py": APPS,
        "broken.py": "1 / 0\n",
        "exits.py": "import sys\nsys.exit(1)\n",
        "wrong.py": "def f(:\n",
        "needs.py": "import numpy_is_not_here\n",
    }
    worker = start(sources)
    event = worker.load(app)
    assert event[1] == rule, event
    if rule == "MODULE_FAILED":
        assert ("sys.path was" in event[3]) == (app == "needs:application")
    # It goes on, and can load another one.
    assert worker.load("apps:application")[1] == "apps:application"
    assert worker.slots[0].request(1, {"PATH_INFO": "/pid"}).status == "200 OK"


GREEN = """
import _thread, collections, queue, threading

waiting = collections.deque()

def start_new_thread(function, arguments=(), keywords={}):
    waiting.append((function, arguments, keywords))
    return len(waiting)

class Lock:
    def acquire(self, blocking=True, timeout=-1):
        while waiting:
            function, arguments, keywords = waiting.popleft()
            function(*arguments, **keywords)
        return True

    def release(self):
        pass

    __enter__ = acquire

    def __exit__(self, *exc_info):
        pass

class Thread(threading.Thread):
    def start(self):
        start_new_thread(self.run)

def patch():
    _thread.start_new_thread = start_new_thread
    threading._start_new_thread = start_new_thread
    threading.Thread = Thread
    threading.Lock = threading.RLock = threading.Condition = Lock
    queue.SimpleQueue = queue.Queue
"""


@pytest.mark.parametrize("name", ["eventlet", "gevent"])
@pytest.mark.parametrize("fails", [False, True])
def test_green_threads_are_refused_at_the_start(start, name, fails):
    """Requests would wait forever, with nothing in the log."""
    source = "import %s\n%s.patch()\n" % (name, name) + "1 / 0\n" * fails
    worker = start({name + ".py": GREEN, "app.py": source + APPS, "apps.py": APPS})
    event = worker.load("app:application")
    assert event[1:3] == ("THREADS_REPLACED", [name])
    assert ("ZeroDivisionError" in event[3]) == fails
    fresh = start({name + ".py": GREEN, "app.py": "import %s\n" % name + APPS})
    assert fresh.load("app:application")[1] == "app:application"
    assert call(fresh, "pid") == fresh.process.pid


def test_additions_to_environ_win(start):
    app = (
        "def application(environ, start_response):\n    start_response('200 OK', [])\n"
    )
    app += "    return [repr(environ['HTTP_X']).encode()]\n"
    worker = start({"app.py": app})
    assert worker.load(None, environ={"HTTP_X": "ours"})[1] == "app:application"
    response = worker.slots[0].request(0, {"HTTP_X": "theirs"})
    assert response.body == b"'ours'"


def test_short_request_passes_long_ones(fresh):
    send(fresh, "sleeps", "20", slot=0)
    send(fresh, "sleeps", "20", slot=1)
    until(lambda: fresh.ask("stack", 1))
    assert call(fresh, "pid", slot=2) == fresh.process.pid


def test_more_requests_than_threads_are_all_answered(fresh):
    call(fresh, "pid")  # by which the container has seen the head

    def threads():
        for slot in range(4):
            send(fresh, "meets", slot=slot)
        answers = [fresh.slots[slot].next() for slot in range(4)]
        assert [kind for kind, _, _ in answers] == [frames.FULL] * 4
        return {payload.partition(b"200 OK")[2] for _, _, payload in answers}

    assert 1 < len(threads()) <= 3
    for _ in range(30):
        assert call(fresh, "pid") == fresh.process.pid
    for _ in range(5):
        assert 1 < len(threads()) <= 3


def test_stack_of_a_request_is_the_applications(fresh):
    send(fresh, "spins")
    until(lambda: "in spins" in (fresh.ask("stack", 0) or ""))
    stack = fresh.ask("stack", 0)
    assert "in application" in stack
    assert "isthmus_worker" not in stack
    assert fresh.ask("stack", 1) == ""


def test_slot_that_is_dropped_ends_its_request(start):
    source = "import time\nclosed = []\n"
    source += "class Blocks:\n"
    source += "    def __iter__(self):\n        while True:\n            yield b'x'\n"
    source += "    def close(self):\n        closed.append(1)\n"
    source += "def application(environ, start_response):\n"
    source += "    start_response('200 OK', [])\n"
    source += "    if environ['PATH_INFO'] == '/':\n        return Blocks()\n"
    source += "    return [repr(closed).encode()]\n"
    worker = start({"app.py": source})
    worker.load("app:application")
    worker.send(0)
    slot = worker.slots[0]
    kind, _, _ = slot.next()
    if kind == frames.CHECK:
        slot.answer(frames.VERDICT, b"")
        kind, _, _ = slot.next()
    assert kind == frames.HEAD
    slot.close()
    assert worker.slots[1].request(0, {"PATH_INFO": "/x"}).body == b"[1]"
    assert worker.event(frames.DROPPED) == (0, None)
    worker.command(frames.CLOSE, (0,))
    worker.command(frames.OPEN, (2,))
    assert worker.event(frames.OPENED) == (2,)
    again = hosting.Slot(worker, 2)
    assert again.request(0, {"PATH_INFO": "/x"}).body == b"[1]"


@pytest.mark.parametrize("was_used", [False, True])
def test_slot_may_be_dropped_before_its_request_is_taken(start, was_used):
    worker = start({"apps.py": APPS}, threads=1)
    worker.load("apps:application")
    call(worker, "pid", slot=1)
    if was_used:
        call(worker, "pid", slot=0)
    send(worker, "sleeps", "0.3", slot=1)
    send(worker, "pid", slot=0)
    worker.slots[0].close()
    for letter in "pd":
        (worker.directory / (letter + "0")).unlink()
    worker.command(frames.CLOSE, (0,))
    assert worker.slots[1].next()[0] == frames.FULL
    assert worker.event(frames.DROPPED) == (0, None)
    assert call(worker, "pid", slot=1) == worker.process.pid


def test_slot_that_is_closed_before_a_large_request_is_whole_leaves_nothing_open(start):
    worker = start({"apps.py": APPS})
    worker.load("apps:application")
    call(worker, "pid", slot=1)
    opened = pathlib.Path("/proc/%d/fd" % worker.process.pid)
    before = len(list(opened.iterdir()))
    worker.announce(0)
    until(lambda: len(list(opened.iterdir())) == before + 2)
    worker.slots[0].close()
    assert worker.event(frames.DROPPED) == (0, None)
    assert len(list(opened.iterdir())) == before


@pytest.mark.parametrize("big", [False, True])
def test_request_that_no_thread_begins_is_returned(start, big):
    worker = start({"apps.py": APPS}, threads=1)
    worker.load("apps:application")
    call(worker, "pid", slot=0)
    send(worker, "sleeps", "60", slot=1)
    for _ in range(2):
        worker.send(0, environ={"PATH_INFO": "/pid"}, big=big)
        assert worker.slots[0].next() == (frames.RETURNED, 0, b"")
    worker.command(frames.CLOSE, (0,))
    assert worker.event(frames.DROPPED) == (0, None)


def test_slot_that_is_dropped_just_after_its_request_is_reported_all_the_same(start):
    """Otherwise the container would end a worker that is stuck in nothing."""
    worker = start({"apps.py": APPS})
    worker.load("apps:application")
    call(worker, "pid", slot=0)
    worker.command(frames.CLOSE, (0,))
    assert worker.event(frames.DROPPED) == (0, None)
    assert call(worker, "pid", slot=1) == worker.process.pid
