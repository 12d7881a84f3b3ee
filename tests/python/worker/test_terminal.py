"""A worker whose container runs in a terminal: what is typed there is not for it."""

import os
import signal
import subprocess
import sys

import pytest

import hosting

CONTAINER = """
import fcntl, signal, sys, termios
sys.path[:0] = %r
import hosting
signal.alarm(120)  # a worker that is gone does not answer
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
# Maven's JVM, where that has started the tests, blocks it in all its children.
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGQUIT])
for number in signal.SIGINT, signal.SIGQUIT:
    signal.signal(number, lambda number, frame: print(int(number), flush=True))
worker = hosting.Worker(*sys.argv[1:])
worker.load("apps:application")
print("ready", flush=True)
sys.stdin.readline()
print(worker.slots[0].request().body.decode(), flush=True)
worker.stop()
"""
APP = """
import os

def application(environ, start_response):
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        terminal = None
    start_response("200 OK", [])
    return [repr((os.getpid(), os.getpgrp(), os.getsid(0), terminal)).encode()]
"""


@pytest.fixture
def terminal():
    ends = os.openpty()
    yield ends
    for fd in ends:
        os.close(fd)


@pytest.fixture
def container(python, tmp_path, terminal):
    """The process of a container that has the terminal, and a worker."""
    web_inf = tmp_path / "WEB-INF"
    (web_inf / "app").mkdir(parents=True)
    (web_inf / "app" / "apps.py").write_text(APP)
    places = [os.path.dirname(hosting.__file__), str(hosting.SOURCES)]
    arguments = [python, str(tmp_path / "pipes"), str(web_inf)]
    process = subprocess.Popen(
        [sys.executable, "-c", CONTAINER % places, *arguments],
        stdin=terminal[1],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_worker_hears_nothing_of_the_terminal(container, terminal):
    def line():
        return container.stdout.readline().decode().strip()

    keyboard = terminal[0]
    assert line() == "ready"
    # Ctrl-\, for which a JVM shows its threads, and Ctrl-C; both go to the whole group.
    for key, number in (b"\x1c", signal.SIGQUIT), (b"\x03", signal.SIGINT):
        os.write(keyboard, key)
        assert line() == str(int(number))
    os.write(keyboard, b"\n")
    pid, group, session, opened = eval(line())
    assert (group, opened) == (pid, None)
    # A session of its own would be another group for Linux's scheduler.
    assert session == container.pid
