"""How a worker process ends, and what it leaves to its container."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import hosting
from isthmus_worker import frames
from processes import APPS, call, is_alive, send, until


def test_mistake_of_ours_ends_the_process(start):
    worker = start({"apps.py": APPS})
    worker.load("apps:application")
    worker.send(0, app=99)  # which nobody has loaded
    assert worker.process.wait(hosting.LIMIT) == 70
    worker.wait(lambda: any("KeyError: 99" in line for line in worker.lines("stderr")))


@pytest.mark.parametrize(
    "query", ["d0 read", "d0 head", "p0 read", "p0 write", "p0 return", "q return"]
)
def test_worker_whose_pipes_the_application_closes_ends(fresh, query):
    """Not only the request fails: each later one in that slot would."""
    environ = {"PATH_INFO": "/closes", "QUERY_STRING": query}
    fresh.send(0, environ=environ, length=-1)
    if query == "q return":
        # The next read finds it closed; the current one may already wait.
        assert fresh.slots[0].next()[0] in (frames.FULL, frames.CHECK)
        fresh.send(1, environ={"PATH_INFO": "/pid"})
    assert fresh.process.wait(hosting.LIMIT) == 71


SIGNALLED = """
import os, signal

def handler(number, frame):
    raise SystemExit("of the handler")

signal.signal(signal.SIGUSR2, handler)

def application(environ, start_response):
    os.kill(os.getpid(), signal.SIGUSR2)
    start_response("200 OK", [])
    return [b"goes on"]
"""


def test_exception_of_a_signal_handler_ends_nothing(start):
    """It is raised in the main thread, which serves no request."""
    worker = start({"app.py": SIGNALLED})
    worker.load("app:application")

    def is_logged():
        # Python calls a handler late if the signal comes just before a wait.
        assert worker.slots[0].request().body == b"goes on"
        return len(worker.lines("isthmus")) > 3

    until(is_logged)
    text = worker.lines("isthmus")[-1]
    assert text.startswith("APPLICATION_RAISED")
    assert "signal handler" in text.splitlines()[0]
    assert "in handler" in text
    assert text.endswith("SystemExit: of the handler\n")
    assert worker.load("app:application")[1] == "app:application"
    worker.command(frames.EXIT, ())
    assert worker.process.wait(hosting.LIMIT) == 0


DUMPING = """
import faulthandler, signal, threading

faulthandler.register(signal.SIGTERM, file=2)

def application(environ, start_response):
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    start_response("200 OK", [])
    return []
"""


def test_signal_that_an_import_has_given_to_faulthandler_stays_its_own(start):
    worker = start({"app.py": DUMPING})
    worker.load("app:application")
    worker.slots[0].request()
    worker.wait(lambda: b"in application" in worker.raw.get("stderr", b""))


LEAKING = """
import os, resource

def application(environ, start_response):
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    start_response("200 OK", [])
    return []
"""


def test_worker_without_a_descriptor_for_a_slot_ends_before_its_request_begins(start):
    """Then another one answers it; DROPPED would have nobody answer it."""
    worker = start({"app.py": LEAKING})
    worker.load("app:application")
    worker.slots[0].request()
    worker.send(1)
    assert worker.process.wait(hosting.LIMIT) == 70
    expected = "Too many open files"
    worker.wait(lambda: any(expected in line for line in worker.lines("stderr")))
    assert (worker.directory / "begun").read_bytes()[1] == 0
    assert frames.DROPPED not in worker.events


def test_exit_runs_exit_functions(start):
    source = "import atexit, threading, time\n"
    source += "atexit.register(lambda: print('exit function'))\n"
    source += "def late():\n    time.sleep(0.2)\n    print('thread')\n"
    source += "threading.Thread(target=late).start()\n"
    source += "def application(environ, start_response):\n    pass\n"
    worker = start({"app.py": source})
    worker.load("app:application")
    worker.command(frames.EXIT, ())
    assert worker.process.wait(hosting.LIMIT) == 0
    worker.wait(lambda: "exit function" in worker.lines("stdout"))
    assert "thread" in worker.lines("stdout")


def test_worker_leaves_its_end_to_the_container(fresh):
    fresh.process.send_signal(signal.SIGTERM)
    fresh.process.send_signal(signal.SIGINT)
    for _ in range(3):
        assert call(fresh, "pid") == fresh.process.pid


def test_segfault_shows_where_it_was(fresh):
    send(fresh, "crashes")
    assert fresh.process.wait(hosting.LIMIT) == -signal.SIGSEGV
    fresh.wait(lambda: b"in crashes" in fresh.raw.get("stderr", b""))


def test_program_may_be_bound_to_its_worker(fresh):
    program = call(fresh, "starts_bound")
    name = Path("/proc/%d/comm" % program)
    # Until then, it might not yet have asked for that.
    until(lambda: name.read_text() == "sleep\n")
    fresh.process.kill()
    until(lambda: not is_alive(program))


def test_worker_ends_with_its_container(fresh):
    send(fresh, "spins", slot=0)
    send(fresh, "sleeps", "20", slot=1)
    until(lambda: "in sleeps" in (fresh.ask("stack", 1) or ""))
    fresh.process.stdin.close()
    fresh.process.wait(hosting.LIMIT)
    assert not fresh.directory.exists()


@pytest.mark.parametrize("added", [7, 5000])
def test_kernel_ends_the_worker_before_the_container(start, added):
    worker = start({"apps.py": APPS}, oom_score=added)
    worker.load("apps:application")
    assert _score(worker.process.pid) == min(1000, _score("self") + added)


def _score(process):
    return int(Path("/proc/%s/oom_score_adj" % process).read_text())


CONTAINER = """
import sys, threading
sys.path[:0] = %r
import hosting
worker = hosting.Worker(sys.argv[1], sys.argv[2], sys.argv[3])
worker.load("apps:application")
worker.send(0, environ={"PATH_INFO": "/" + sys.argv[4]})
print(worker.process.pid, flush=True)
threading.Event().wait()
"""


@pytest.mark.parametrize("name", ["spins", "spins_in_c", "sleeps"])
def test_worker_ends_with_a_container_that_is_killed(python, tmp_path, name):
    (tmp_path / "WEB-INF" / "app").mkdir(parents=True)
    (tmp_path / "WEB-INF" / "app" / "apps.py").write_text(APPS)
    places = [os.path.dirname(hosting.__file__), str(hosting.SOURCES)]
    container = subprocess.Popen(
        [sys.executable, "-c", CONTAINER % places, python, str(tmp_path / "pipes")]
        + [str(tmp_path / "WEB-INF"), name],
        stdout=subprocess.PIPE,
    )
    pid = int(container.stdout.readline())
    assert is_alive(pid)
    container.kill()
    container.wait()
    container.stdout.close()
    until(lambda: not is_alive(pid))
