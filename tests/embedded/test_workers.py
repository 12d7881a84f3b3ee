"""CPython behind a real Tomcat: requests, bodies, failures, and the ends of workers."""

import os
import signal
import threading

import pytest

import client
import workers

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
    while True:
        pass


def spins_in_c(environ, start_response):
    import re

    re.match(r"(a*)*b", "a" * 80)


def meets(environ, start_response):
    # Waits until another process has come here.
    place = os.path.join(os.path.dirname(__file__), "meeting")
    os.makedirs(place, exist_ok=True)
    open(os.path.join(place, str(os.getpid())), "w").close()
    end = time.monotonic() + 20
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


def variables(environ, start_response):
    ok(start_response)
    return [ascii(dict(os.environ)).encode()]


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


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    started = workers.Workers(
        tmp_path_factory.mktemp("app"),
        {"app.py": APP},
        workers="1",
        request__max_body="200000000",
    )
    assert started.port, started.text()
    yield started
    assert started.stop() == 0, started.text()


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


def test_hello(server):
    response = server.get("/hello")
    assert (response.status, response.body) == (200, b"Hello, world!")
    assert response.header("Content-Length") == "13"
    assert response.header("Content-Type").startswith("text/plain")


def test_environ_is_what_was_sent(server):
    response = server.get("/env?a=%C3%A9", headers=[("X-Y", "\xe9"), ("Cookie", "a=1")])
    environ = eval(response.body)
    assert environ["SCRIPT_NAME"] == "/c/app"
    assert environ["PATH_INFO"] == "/env"
    assert environ["HTTP_X_Y"] == "\xe9"
    assert environ["HTTP_COOKIE"] == "a=1"
    assert environ["REQUEST_METHOD"] == "GET"
    assert environ["wsgi.url_scheme"] == "http"
    assert environ["wsgi.version"] == (1, 0)
    assert environ["wsgi.multithread"] is True
    assert environ["wsgi.multiprocess"] is False
    assert environ["SERVER_SOFTWARE"].startswith("Apache Tomcat")
    assert "HTTPS" not in environ


def test_path_is_octets(server):
    environ = eval(server.get("/env/../env?x").body)
    assert environ["QUERY_STRING"] == "x"
    body = server.get("/%65nv").body
    assert eval(body)["PATH_INFO"] == "/env"


def test_large_head_reaches_the_application(server):
    cookie = "c=" + "x" * 6000
    environ = eval(server.get("/env", headers=[("Cookie", cookie)]).body)
    assert environ["HTTP_COOKIE"] == cookie


@pytest.mark.parametrize("size", ["", "1", "1000", "65536"])
def test_body_comes_back(server, size):
    body = bytes(range(256)) * (4 if size == "1" else 1000)
    assert server.get("/echo?" + size, "POST", body=body).body == body


def test_lines_of_a_body(server):
    response = server.get("/lines", "POST", body=b"one\ntwo\nthree")
    assert response.body == b"b'one\\n'b'two\\n'b'three'"


def test_large_body_is_read_in_parts(server):
    body = b"z" * 3_000_000
    assert server.get("/length", "POST", body=body).body == b"3000000"


def test_generated_blocks_are_all_sent(server):
    response = server.get("/streams?40")
    assert response.complete
    assert response.body == b"x" * 65536 * 40


def test_client_that_goes_away_ends_the_iteration(server):
    before = int(server.get("/count").body)
    with client.Connection(("127.0.0.1", server.port)) as connection:
        connection.send(b"GET /c/app/endless HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.receive_head()
    workers.until(lambda: int(server.get("/count").body) == before + 1)
    assert server.get("/hello").status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_files(server, method):
    response = server.get("/file", method)
    assert response.header("Content-Length") == str(len(APP.encode()))
    assert response.body == (APP.encode() if method == "GET" else b"")
    response = server.get("/temporary", method)
    assert response.header("Content-Length") == str(100000 - 5)
    assert response.body == ((b"0123456789" * 10000)[5:] if method == "GET" else b"")


def test_failure_is_a_500_with_a_traceback_in_the_log(server):
    response = server.get("/fails")
    assert response.status == 500
    assert b"the cause" not in response.body
    text = workers.until(lambda: "IS0036" in server.text() and server.text())
    assert "KeyError: 'the cause'" in text
    assert "in fails" in text


def test_late_failure_cuts_the_response(server):
    response = server.get("/fails_late")
    assert (response.body, response.complete) == (b"begun", False)


def test_bad_header_is_refused_with_its_code(server):
    assert server.get("/bad").status == 500
    workers.until(lambda: "ValueError: IS0016" in server.text())


def test_length_is_kept(server):
    response = server.get("/short")
    assert not response.complete
    workers.until(lambda: "IS0034" in server.text())
    before = int(server.get("/count").body)
    assert server.get("/long").body == b"abc"
    workers.until(lambda: "IS0035" in server.text())
    workers.until(lambda: int(server.get("/count").body) == before + 1)


def test_no_content_has_none(server):
    response = server.get("/no_content")
    assert (response.status, response.body) == (204, b"")
    assert server.get("/hello").status == 200


def test_head_has_the_head_alone(server):
    response = server.get("/hello", "HEAD")
    assert (response.header("Content-Length"), response.body) == ("13", b"")
    assert server.get("/streams?3", "HEAD").body == b""
    assert server.get("/hello").body == b"Hello, world!"


def test_output_is_in_the_log(server):
    assert server.get("/prints").status == 200
    for text in (
        "printed é",
        "to stderr",
        "to errors",
        "shop: logged",
        "be warned",
        "raw out",
        "raw err",
    ):
        workers.until(lambda text=text: text in server.text())


def test_no_variable_and_no_socket_of_the_container_is_inherited(server):
    variables = eval(server.get("/variables").body)
    assert not [name for name in variables if name.startswith(("JAVA", "LD_"))]
    assert "PATH" in variables
    links = eval(server.get("/fds").body)
    assert not [link for link in links if link.startswith("socket:")], links


@pytest.mark.parametrize("name", ["dies", "crashes", "forks_and_dies"])
def test_worker_that_ends_costs_its_request(server, name):
    before = server.get("/pid").body
    assert server.get("/" + name).status == 502
    after = server.get("/pid")
    assert after.status == 200
    assert after.body != before
    workers.until(lambda: "IS0183" in server.text())
    assert not [p for p in server.processes() if workers.state(p) == "Z"]


def test_worker_that_ends_in_a_response_cuts_it(server):
    response = server.get("/dies_late")
    assert (response.body, response.complete) == (b"begun", False)
    assert server.get("/hello").status == 200


def test_segfault_leaves_a_stack(server):
    server.get("/crashes")
    workers.until(lambda: "in crashes" in server.text())


def test_several_requests_are_served_at_once(server):
    answers = []

    def sleep():
        answers.append(server.get("/sleeps?1").body)

    threads = [threading.Thread(target=sleep) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert server.get("/hello").status == 200
    assert not answers
    for thread in threads:
        thread.join()
    assert answers == [b"slept"] * 3


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


def test_end_of_the_server_is_the_end_of_its_workers(start):
    server = start()
    assert server.get("/hello").status == 200
    pids = server.processes()
    assert len(pids) == 1
    assert server.stop() == 0, server.text()
    assert [workers.state(pid) for pid in pids] == [None]
    assert "exit function" in server.text()


@pytest.mark.parametrize("name", ["hello", "spins", "spins_in_c"])
def test_kill_of_the_server_is_the_end_of_its_workers(start, name):
    server = start()
    thread = None
    if name == "hello":
        assert server.get("/hello").status == 200
    else:
        thread = threading.Thread(target=_ignored, args=(server, "/" + name))
        thread.start()
    pids = workers.until(server.processes)
    server.kill()
    workers.until(lambda: all(workers.state(pid) is None for pid in pids))
    if thread:
        thread.join()


def _ignored(server, path):
    try:
        server.get(path)
    except (OSError, AssertionError):
        pass


@pytest.mark.parametrize("name", ["spins", "spins_in_c", "sleeps?60"])
def test_time_limit_ends_a_request_and_no_other(start, name):
    server = start(timeout="1", slow="0.5", workers="2")
    workers.until(lambda: len(server.processes()) == 2)
    before = set(server.processes())
    assert server.get("/" + name).status == 504
    assert server.get("/hello").status == 200
    text = workers.until(lambda: "IS0186" in server.text() and server.text())
    assert "IS0092" in text
    assert "IS0093" in text
    # Where it was, even if Python's lock is never free: faulthandler needs none.
    stack = "in " + name.partition("?")[0]
    workers.until(lambda: server.text().count(stack) >= 1 + (name != "spins_in_c"))
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
    [({"pool__max": "2"}, "IS0195"), ({"events": "stopping: app:absent"}, "IS0100")],
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


def test_worker_that_an_operator_kills_is_replaced(start):
    server = start()
    (pid,) = server.processes()
    os.kill(pid, signal.SIGKILL)
    workers.until(lambda: server.processes() not in ([pid], []))
    assert server.get("/hello").status == 200
    assert "SIGKILL" in server.text()
