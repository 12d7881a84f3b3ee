"""CPython behind a real Tomcat: workers that end or are replaced, and settings."""

import os
import re
import signal
import threading

import pytest

import client
import noting_app
import workers
from worker_app import APP

# Streams, and stays in the worker after its client has gone.
STAYS = r"""
import os
import time

HERE = os.path.dirname(__file__)


def application(environ, start_response):
    start_response("200 OK", [])
    pid = b"%d." % os.getpid()
    return stays(pid) if environ["PATH_INFO"] == "/stays" else [pid]


def stays(pid):
    try:
        yield pid
        wait_for("gone")
        while True:
            yield b"x" * 65536
    finally:
        open(os.path.join(HERE, "closed"), "w").close()
        wait_for("enough")


def wait_for(name):
    while not os.path.exists(os.path.join(HERE, name)):
        time.sleep(0.01)
"""


# Asks for more than fits into a pipe, and ends when the pipe is full.
DIES = r"""
import fcntl
import os
import struct
import termios
import time


def application(environ, start_response):
    body, session = environ["wsgi.input"], environ["isthmus.session"]
    wire = body._wire
    if environ["PATH_INFO"] == "/session":
        session["large"] = "x" * 1000000
        wire._receive = dies
        session["large"]
    wire._receive = dies
    body.read()


def dies():
    before = -1
    while before != (now := sum(map(waiting, range(3, 100)))) or now < 65536:
        before = now
        time.sleep(0.1)
    os._exit(3)


def waiting(fd):
    try:
        octets = fcntl.ioctl(fd, termios.FIONREAD, struct.pack("i", 0))
        return struct.unpack("i", octets)[0]
    except OSError:
        return 0
"""


@pytest.fixture
def start(tmp_path):
    """Starts a server of a test's own, which is ended with it."""
    started = []

    def begin(source=APP, **settings):
        place = tmp_path / str(len(started))
        server = workers.Workers(place, {"app.py": source}, **settings)
        started.append(server)
        assert server.port, server.text()
        return server

    yield begin
    for server in started:
        if workers.state(server.pid) not in (None, "Z"):
            server.stop()


def test_requests_are_spread_over_workers(start):
    server = start(workers="2")
    workers.until(lambda: len(server.processes()) == 2)
    pids = set()

    def ask():
        for _ in range(20):
            pids.add(server.get("/pid").body)

    def both():
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(pids) == 2

    workers.until(both)
    assert eval(server.get("/env").body)["wsgi.multiprocess"] is True


def test_request_that_a_worker_had_not_begun_is_answered_by_another(start, tmp_path):
    server = start(noting_app.APP, worker__threads="1")
    notes = tmp_path / "0" / "WEB-INF" / "app"
    (pid,) = server.processes()
    answers = {}

    def ask(path):
        # A large head does not fit into the queue.
        headers = [("X-Large", "x" * 5000)] if path == "/large" else []
        answers[path] = server.get(
            path, "POST", body=b"x" * 100000, headers=headers, timeout=120
        )

    threads = []
    os.kill(pid, signal.SIGSTOP)  # so that it finds all of them at once
    for path in ("/stays", "/small", "/large"):
        threads.append(threading.Thread(target=ask, args=(path,)))
        threads[-1].start()
        workers.until(lambda: len(server.status()["running"]) == len(threads))
    os.kill(pid, signal.SIGCONT)
    begun = notes / "begun"
    workers.until(lambda: begun.exists() and "stays" in begun.read_text())
    os.kill(pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
    assert answers["/stays"].status == 502
    for path in ("/small", "/large"):
        assert answers[path].status == 200
        assert answers[path].body == b"%s 100000" % path[1:].encode()
    assert sorted(begun.read_text().split()) == ["large", "small", "stays"]
    assert "IS0182" in server.text()


def test_worker_is_busy_until_a_request_has_ended_whose_client_has_gone(
    start, tmp_path
):
    server = start(STAYS, workers="2", multithread="false")
    directory = tmp_path / "0" / "WEB-INF" / "app"
    workers.until(lambda: server.states() == ["IDLE", "IDLE"])
    with client.Connection(("127.0.0.1", server.port)) as connection:
        connection.request("GET", "/c/app/stays")
        pid = connection.receive_head() and connection.read_piece()
    (directory / "gone").touch()
    workers.until((directory / "closed").exists)
    assert sorted(server.states()) == ["BUSY", "IDLE"]
    assert pid not in {server.get("/").body for _ in range(6)}
    (directory / "enough").touch()
    workers.until(lambda: server.states() == ["IDLE", "IDLE"])


@pytest.mark.parametrize("path", ["/body", "/session"])
def test_worker_that_ends_amid_what_it_asked_for_is_not_waited_for(start, path):
    server = start(DIES)
    assert server.get(path, "POST", body=b"x" * 1000000).status == 502


def test_end_of_the_server_is_the_end_of_its_workers(start):
    server = start()
    assert server.get("/hello").status == 200
    pids = server.processes()
    assert len(pids) == 1
    assert server.stop() == 0, server.text()
    assert [workers.state(pid) for pid in pids] == [None]
    assert "exit function" in server.text()


@pytest.mark.parametrize("name", ["hello", "spins", "holds_lock"])
def test_kill_of_the_server_is_the_end_of_its_workers(start, name):
    server = start()
    thread = None
    if name == "hello":
        assert server.get("/hello").status == 200
    else:
        thread = threading.Thread(target=_ignored, args=(server, "/" + name))
        thread.start()
        workers.until(lambda: name + " now" in server.text())
    pids = server.processes()
    assert pids
    server.kill()
    workers.until(lambda: all(workers.state(pid) is None for pid in pids))
    if thread:
        thread.join()


def _ignored(server, path):
    try:
        server.get(path)
    except (OSError, AssertionError):
        pass


# A loop in Python is between the two; tests/python/worker has its stack.
@pytest.mark.parametrize("name", ["holds_lock", "sleeps?60"])
def test_time_limit_ends_a_request_and_no_other(start, name):
    server = start(timeout="3", slow="1", workers="2")
    workers.until(lambda: len(server.processes()) == 2)
    before = set(server.processes())
    assert server.get("/" + name).status == 504
    assert server.get("/hello").status == 200
    text = workers.until(lambda: "IS0186" in server.text() and server.text())
    assert "IS0092" in text
    assert "IS0093" in text
    # Where it was, even if Python's lock is never free: faulthandler needs none.
    stack = "in " + name.partition("?")[0]
    workers.until(lambda: server.text().count(stack) >= 1 + (name != "holds_lock"))
    workers.until(lambda: len(set(server.processes()) & before) == 1)
    workers.until(lambda: len(server.processes()) == 2)
    for _ in range(10):
        assert server.get("/hello").status == 200


def test_workers_that_cannot_start_are_tried_again(start, tmp_path):
    server = start()
    app = tmp_path / "0" / "WEB-INF" / "app" / "app.py"
    app.write_text("import os\nos._exit(9)\n")
    assert server.get("/dies").status == 502
    answers = []
    workers.until(
        lambda: answers.append(server.get("/hello")) or "IS0184" in server.text()
    )
    refused = workers.until(
        lambda: [r for r in (server.get("/hello"),) if r.status == 503]
    )[0]
    assert int(refused.header("Retry-After")) >= 1
    app.write_text(APP)
    workers.until(lambda: server.get("/hello").status == 200)
    assert server.text().count("IS0184") < 5


@pytest.mark.parametrize(
    "setting, code",
    [
        ({"pool__max": "2"}, "IS0195"),
        ({"events": "stopping: app:absent"}, "IS0100"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, setting, code):
    refused = workers.Workers(tmp_path / "refused", {"app.py": APP}, **setting)
    assert code in workers.until(lambda: "IS0" in refused.text() and refused.text())
    refused.stop()


def test_modjys_parameters_are_refused(tmp_path):
    refused = workers.Workers(
        tmp_path / "refused", {"app.py": APP}, {"modjy": {"app_filename": "app.py"}}
    )
    text = workers.until(lambda: "IS0" in refused.text() and refused.text())
    assert "IS0188" in text
    refused.stop()


EVENTS = """
    request_started: app:hear
    request_finished: app:hear
    exception: app:hear
    stopping: app:hear
"""
HEAR = """

def hear(details):
    shown = [details.get(key) for key in ("event", "code", "status", "octets")]
    print("heard", details["app"], *shown)
"""


def test_events_are_heard_in_the_worker(start):
    server = start(events=EVENTS, app="app:application", source=APP + HEAR)
    assert server.get("/hello").status == 200
    assert server.get("/fails").status == 500
    assert server.stop() == 0
    heard = [line.partition("heard ")[2] for line in server.text().splitlines()]
    assert [line for line in heard if line] == [
        "app:application request_started None None None",
        "app:application request_finished None 200 13",
        "app:application request_started None None None",
        "app:application exception IS0036 None None",
        "app:application request_finished None 500 0",
        "app:application stopping None None None",
    ]


def test_interpreter_of_its_own_is_workers_of_its_own(start):
    own = {"own": {"isthmus.interpreter": "own"}, "shared": {"isthmus.app": "app:env"}}
    server = start(servlets=own)
    pids = {name: server.get("/pid", servlet=name).body for name in ("app", "own")}
    assert pids["app"] != pids["own"]
    assert server.get("/", servlet="shared").status == 200
    assert {str(pid).encode() for pid in server.processes()} == set(pids.values())


def test_application_that_is_not_thread_safe_has_one_request_in_each_worker(start):
    server = start(workers="2", multithread="false")
    # Before both have the application, the first one's queue takes all.
    workers.until(lambda: server.states() == ["IDLE", "IDLE"])
    assert eval(server.get("/env").body)["wsgi.multithread"] is False
    answers = []

    def meet():
        answers.append(server.get("/meets").body)

    threads = [threading.Thread(target=meet) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [eval(answer) for answer in answers] == 2 * [
        sorted(map(str, server.processes()))
    ]


def test_application_that_is_not_thread_safe_has_one_request_beside_another(start):
    server = start(servlets={"serial": {"isthmus.multithread": "false"}})
    assert eval(server.get("/env").body)["wsgi.multithread"] is True
    assert eval(server.get("/env", servlet="serial").body)["wsgi.multithread"] is False
    counts = []

    def count():
        counts.append(int(server.get("/together?0.1", servlet="serial").body))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [1] * 4


def test_workers_are_replaced_after_so_many_requests(start):
    server = start(worker__max_requests="10")
    pids = []
    workers.until(lambda: pids.append(server.get("/pid").body) or len(set(pids)) == 4)
    # Each has served its number, and none was missing between two.
    counts = [pids.count(pid) for pid in dict.fromkeys(pids)]
    assert all(count >= 10 for count in counts[:-1]), counts
    assert "IS0183" not in server.text()
    workers.until(lambda: len(server.processes()) == 1)


def test_workers_are_replaced_when_they_have_grown(start):
    server = start(worker__max_memory="100m")
    before = server.get("/pid").body
    assert server.get("/grows").status == 200
    workers.until(lambda: server.get("/pid").body != before)
    workers.until(lambda: len(server.processes()) == 1)
    logged = r"process %s is replaced: .*max_memory is 100 MB" % before.decode()
    workers.until(lambda: re.search(logged, server.text()))


def test_worker_that_an_operator_kills_is_replaced(start):
    server = start()
    (pid,) = server.processes()
    os.kill(pid, signal.SIGKILL)
    workers.until(lambda: server.processes() not in ([pid], []))
    assert server.get("/hello").status == 200
    assert "SIGKILL" in server.text()
