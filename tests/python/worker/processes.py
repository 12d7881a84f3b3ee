"""Applications that do to their worker process what they can; how to ask them."""

import time

import hosting

APPS = r"""
import logging
import os
import subprocess
import sys
import threading
import time
import warnings

log = logging.getLogger("shop.cart")


def application(environ, start_response):
    environ["start"] = start_response
    result = globals()[environ["PATH_INFO"].strip("/")](environ)
    start_response("200 OK", [])
    return [ascii(result).encode()]


def prints(environ):
    print("printed é")
    sys.stdout.write("in ")
    sys.stdout.write("parts\nunfinished")
    print("to stderr", file=sys.stderr)
    sys.stdout.buffer.write(b"octets\n")
    environ["wsgi.errors"].write("to errors\n")
    environ["wsgi.errors"].writelines(["a\n", "b\n"])
    log.info("info %d", 1)
    log.debug("not shown")
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("failed")
    warnings.warn("be warned")


def prints_much(environ):
    size = int(environ["QUERY_STRING"])
    print("<" + "x" * size + ">")
    log.warning("<" + "y" * size + ">")


def raises_much(environ):
    raise ValueError("<" + "z" * int(environ["QUERY_STRING"]) + ">")


def prints_below(environ):
    os.write(1, b"raw out\n")
    os.write(2, b"raw err\n")
    subprocess.run([sys.executable, "-c", "print('of a child')"])


def reads_standard_input(environ):
    return sys.stdin.read()


def thread_fails(environ):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def sleeps(environ):
    time.sleep(float(environ["QUERY_STRING"]))
    return threading.current_thread().name


meeting = threading.Barrier(2)


def meets(environ):
    # Returns as soon as another request does so.
    meeting.wait(60)
    return threading.current_thread().name


def names(environ):
    return sorted(name for name in sys.modules if "isthmus" in name)


def fds(environ):
    # In a program that it runs, which has what is inherited.
    code = "import os; print(sorted(map(int, os.listdir('/proc/self/fd'))))"
    return subprocess.check_output([sys.executable, "-c", code]).decode()


def signals(environ):
    # What a program that it runs has inherited.
    return subprocess.check_output(["cat", "/proc/self/status"]).decode()


def forks(environ):
    child = os.fork()
    if not child:
        time.sleep(30)
        os._exit(0)
    return child


def forks_and_returns(environ):
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    return "child" if not child else "parent"


opened = []


def forks_and_opens(environ):
    import tempfile
    directory = tempfile.mkdtemp()
    child = os.fork()
    if not child:
        opened.extend(open("%s/%d" % (directory, n), "wb") for n in range(20))
        return "child"
    os.waitpid(child, 0)
    names = os.listdir(directory)
    sizes = [os.path.getsize(os.path.join(directory, name)) for name in names]
    return len(sizes), sum(sizes)


def forks_and_logs(environ):
    # The child's files get the numbers of the pipes that it has closed.
    import tempfile
    directory = tempfile.mkdtemp()
    child = os.fork()
    if not child:
        opened.extend(open("%s/%d" % (directory, n), "wb") for n in range(20))
        enabled = [log.isEnabledFor(level) for level in (10, 20, 30)]
        log.warning("child logs, enabled: %s", enabled)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    names = os.listdir(directory)
    sizes = [os.path.getsize(os.path.join(directory, name)) for name in names]
    return status, len(sizes), sum(sizes)


def pool_logs(environ):
    import multiprocessing
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(log.warning, ["pooled %d" % n for n in range(5)])


def forks_and_uses(environ):
    # What each thing of the request says to the child.
    uses = [
        environ["wsgi.input"].read,
        lambda: environ["isthmus.session"].get("key"),
        lambda: environ["isthmus.submit"](print),
        lambda: environ["start"]("200 OK", [])(b"block"),
    ]
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.write(into, ascii([_raised(use) for use in uses]).encode())
        os._exit(0)
    os.close(into)
    os.waitpid(child, 0)
    with open(out) as answer:
        return child, eval(answer.read())


def _raised(use):
    try:
        use()
    except Exception as e:
        return type(e).__name__, str(e)


def forks_twice(environ):
    # Return which of the first child's files the second one has lost.
    out, into = os.pipe()
    child = os.fork()
    if not child:
        files = [os.open(os.devnull, os.O_WRONLY) for _ in range(20)]
        if os.fork():
            os.wait()
        else:
            lost = [n for n in files if _raised(lambda: os.fstat(n))]
            os.write(into, ascii(lost).encode())
        os._exit(0)
    os.close(into)
    os.waitpid(child, 0)
    with open(out) as answer:
        return eval(answer.read())


def nests_processes(environ):
    # Return the exit code of the inner one.
    import multiprocessing
    context = multiprocessing.get_context("fork")

    def runs(target, *arguments):
        process = context.Process(target=target, args=arguments)
        process.start()
        process.join()
        sys.exit(process.exitcode)

    try:
        runs(runs, sys.exit, 7)
    except SystemExit as e:
        return e.code


def forks_and_raises(environ):
    child = os.fork()
    if not child:
        raise {
            "ValueError": ValueError("of the child"),
            "exit": SystemExit(7),
            "text": SystemExit("why it ends"),
        }[environ["QUERY_STRING"]]
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def starts_bound(environ):
    # As docs/python3.md advises for programs that are to end with the worker.
    command = ["setpriv", "--pdeathsig", "KILL", "sleep", "300"]
    return subprocess.Popen(command).pid


def dies(environ):
    os._exit(3)


def spins(environ):
    while True:
        pass


def spins_in_c(environ):
    import re
    re.match(r"(a*)*b", "a" * 60)


def crashes(environ):
    import faulthandler
    faulthandler._sigsegv()


def pid(environ):
    return os.getpid()


def closes(environ):
    # A pipe of its own slot; then what fails with that.
    name, use = environ["QUERY_STRING"].split()
    for number in os.listdir("/proc/self/fd"):
        try:
            path = os.readlink("/proc/self/fd/" + number)
        except OSError:
            continue
        if os.path.basename(path) == name:
            os.close(int(number))
    if use == "read":
        environ["wsgi.input"].read()
    if use == "write":
        environ["start"]("200 OK", [])(b"block")
    if use == "head":
        environ["start"]("200 OK", [("X-Not-Seen", "before")])
"""


def call(worker, name, query="", slot=0):
    environ = {"PATH_INFO": "/" + name, "QUERY_STRING": query}
    response = worker.slots[slot].request(0, environ)
    assert response.failure is None, response.failure
    return eval(response.body)


def send(worker, name, query="", slot=0):
    environ = {"PATH_INFO": "/" + name, "QUERY_STRING": query}
    worker.send(slot, environ=environ)


def until(condition):
    end = time.monotonic() + hosting.LIMIT
    while not condition():
        assert time.monotonic() < end, "it has not come"
        time.sleep(0.01)


def is_alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
