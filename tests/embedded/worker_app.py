"""The application that the tests of workers call."""

APP = r"""
import atexit
import logging
import os
import sys
import threading
import time
import warnings

atexit.register(lambda: print("exit function"))
closed = []


class Blocks:
    def __init__(self, blocks):
        self.blocks = blocks

    def __iter__(self):
        return iter(self.blocks)

    def close(self):
        closed.append(1)


def application(environ, start_response):
    name = environ["PATH_INFO"].strip("/")
    return globals()[name](environ, start_response)


def ok(start_response, *headers):
    start_response("200 OK", [("Content-Type", "text/plain"), *headers])


def hello(environ, start_response):
    ok(start_response)
    return [b"Hello, world!"]


def env(environ, start_response):
    shown = {k: v for k, v in environ.items() if isinstance(v, (str, bool, tuple))}
    ok(start_response)
    return [ascii(shown).encode()]


def echo(environ, start_response):
    ok(start_response)
    size = int(environ["QUERY_STRING"] or -1)
    if size < 0:
        return [environ["wsgi.input"].read()]
    return iter(lambda: environ["wsgi.input"].read(size), b"")


def lines(environ, start_response):
    ok(start_response)
    return [repr(line).encode() for line in environ["wsgi.input"]]


def length(environ, start_response):
    total = 0
    while True:
        block = environ["wsgi.input"].read(65536)
        if not block:
            break
        total += len(block)
    ok(start_response)
    return [b"%d" % total]


def streams(environ, start_response):
    ok(start_response)
    return Blocks(b"x" * 65536 for _ in range(int(environ["QUERY_STRING"])))


def endless(environ, start_response):
    ok(start_response)

    def blocks():
        while True:
            yield b"y" * 65536

    return Blocks(blocks())


def count(environ, start_response):
    ok(start_response)
    return [b"%d" % len(closed)]


def file(environ, start_response):
    ok(start_response)
    return environ["wsgi.file_wrapper"](open(__file__, "rb"))


def temporary(environ, start_response):
    import tempfile

    ok(start_response)
    file = tempfile.NamedTemporaryFile()
    file.write(b"0123456789" * 10000)
    file.seek(5)
    return environ["wsgi.file_wrapper"](file)


def fails(environ, start_response):
    raise KeyError("the cause")


def fails_late(environ, start_response):
    ok(start_response)
    yield b"begun"
    raise KeyError("a later cause")


def bad(environ, start_response):
    start_response("200 OK", [("A", "b\n")])
    return []


def short(environ, start_response):
    ok(start_response, ("Content-Length", "10"))
    return [b"three"]


def long(environ, start_response):
    ok(start_response, ("Content-Length", "3"))
    return Blocks([b"abc", b"def", b"ghi"])


def no_content(environ, start_response):
    start_response("204 No Content", [])
    return Blocks([b"none", b"of it"])


def prints(environ, start_response):
    print("printed é")
    print("to stderr", file=sys.stderr)
    print("to errors", file=environ["wsgi.errors"])
    logging.getLogger("shop").warning("logged")
    warnings.warn("be warned")
    os.write(1, b"raw out\n")
    os.write(2, b"raw err\n")
    ok(start_response)
    return [b""]


def prints_much(environ, start_response):
    print("first" + 20_000_000 * "x" + "last")
    ok(start_response)
    return [b"printed"]


def breaks_events(environ, start_response):
    # Says that an event of 2 GiB begins, and waits.
    frame = sys._current_frames()[threading.main_thread().ident]
    while "control" not in frame.f_locals:
        frame = frame.f_back
    os.write(frame.f_locals["control"]._fds[1], b"\x7f\xff\xff\xff\x00\x00\x2c\x00")
    threading.Event().wait()


def misleads(environ, start_response):
    # As one that replaces what the worker itself uses.
    import builtins

    ok(start_response)
    builtins.isinstance = lambda *args: False
    builtins.len = lambda x: -1
    return [b"x"]


def pid(environ, start_response):
    ok(start_response)
    return [b"%d" % os.getpid()]


def dies(environ, start_response):
    os._exit(3)


def dies_late(environ, start_response):
    ok(start_response)
    yield b"begun"
    os._exit(3)


def crashes(environ, start_response):
    import faulthandler

    faulthandler._sigsegv()


def aborts(environ, start_response):
    os.abort()


def exits(environ, start_response):
    sys.exit(3)


def pools(environ, start_response):
    # What each of two processes returns: its pid, and proof that it has computed.
    import multiprocessing

    context = multiprocessing.get_context(environ["QUERY_STRING"])
    with context.Pool(2) as pool:
        assert pool.map(abs, [-1, -2]) == [1, 2]
        pids = [process.pid for process in pool._pool]
        pool.close()
        pool.join()
    ok(start_response)
    return [ascii(pids).encode()]


def forks_and_dies(environ, start_response):
    if not os.fork():
        time.sleep(60)
    os._exit(4)


def grows(environ, start_response):
    closed.append(b"x" * 150_000_000)
    ok(start_response)
    return [b""]


def sleeps(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"]))
    ok(start_response)
    return [b"slept"]


def spins(environ, start_response):
    print("spins now", flush=True)
    while True:
        pass


def holds_lock(environ, start_response):
    # In C, without end, and with Python's lock: like a loop in C, but without its CPU.
    import ctypes

    print("holds_lock now", flush=True)
    mutex = ctypes.create_string_buffer(256)
    lock = ctypes.PyDLL(None).pthread_mutex_lock
    lock(mutex)
    lock(mutex)


def meets(environ, start_response):
    # Waits until another process has come here.
    place = os.path.join(os.path.dirname(__file__), "meeting")
    os.makedirs(place, exist_ok=True)
    open(os.path.join(place, str(os.getpid())), "w").close()
    end = time.monotonic() + 60
    while len(os.listdir(place)) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    ok(start_response)
    return [ascii(sorted(os.listdir(place))).encode()]


present = []


def together(environ, start_response):
    # Counts the requests that are here at once.
    present.append(1)
    time.sleep(float(environ["QUERY_STRING"]))
    ok(start_response)
    found = len(present)
    present.pop()
    return [b"%d" % found]


def version(environ, start_response):
    ok(start_response)
    return [ascii(tuple(sys.version_info[:2])).encode()]


def closes(environ, start_response):
    # As a program does that becomes a daemon.
    os.closerange(3, 1000)
    time.sleep(float(environ["QUERY_STRING"]))
    ok(start_response)
    return [b""]


def variables(environ, start_response):
    ok(start_response)
    return [ascii(dict(os.environ)).encode()]


def signals(environ, start_response):
    # Of this process, of a program, and of a process of multiprocessing.
    import multiprocessing
    import subprocess

    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool, open("/proc/self/status") as file:
        spawned = pool.apply(eval, ("open('/proc/self/status').read()",))
        program = subprocess.check_output(["cat", "/proc/self/status"])
        found = [file.read(), program.decode(), spawned]
    ok(start_response)
    return [ascii(found).encode()]


def fds(environ, start_response):
    ok(start_response)
    fds = os.listdir("/proc/self/fd")
    links = []
    for fd in fds:
        try:
            links.append(os.readlink("/proc/self/fd/" + fd))
        except OSError:
            pass
    return [ascii(links).encode()]
"""

# What glibc's posix_spawn, which Java uses, ignores: its own, which no program may set.
_INTERNAL = 1 << 31 | 1 << 32


def masks(status):
    """The signals that a process blocks, and ignores, by /proc/PID/status."""
    lines = dict(line.partition(":")[::2] for line in status.splitlines())
    return int(lines["SigBlk"], 16), int(lines["SigIgn"], 16) & ~_INTERNAL
