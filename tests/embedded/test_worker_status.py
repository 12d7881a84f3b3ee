"""What operators see of worker processes: status page, metrics; in a real Tomcat."""

import os
import re
import signal
import threading

import pytest

import browser
import client
import workers

APP = r"""
import os
import time


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/waits":
        waits(float(environ["QUERY_STRING"]))
    elif path == "/dies":
        os._exit(7)
    start_response("200 OK", [])
    return [b"Hello, world!"]


def waits(seconds):
    end = time.monotonic() + seconds
    enough = os.path.join(os.path.dirname(__file__), "enough")
    while time.monotonic() < end and not os.path.exists(enough):
        time.sleep(0.01)
"""


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(source=APP, **settings):
        place = tmp_path / str(len(started))
        server = workers.Workers(place, {"app.py": source}, **settings)
        started.append(server)
        assert server.port, server.text()
        return server

    yield begin
    for server in started:
        server.stop()


def _group(server):
    return server.status()["apps"][0]["workers"]


def _metrics(server):
    address = ("127.0.0.1", server.port)
    text = client.fetch(address, "GET", "/c/isthmus/metrics").body.decode()
    return {
        re.sub(r'context="/c",app="[^"]*",?', "", name): float(value)
        for name, value in re.findall(r"^(isthmus.+) (\S+)$", text, re.MULTILINE)
    }


def _full(server, count):
    """The group, when so many workers wait for requests."""

    def ready():
        group = _group(server)
        idle = [each for each in group["list"] if each["state"] == "IDLE"]
        return group if len(idle) == count == len(group["list"]) else None

    return workers.until(ready)


def test_each_worker_is_shown(start):
    server = start(workers="2")
    group = _full(server, 2)
    assert group["size"] == 2
    assert [each["place"] for each in group["list"]] == [0, 1]
    assert {each["pid"] for each in group["list"]} == set(server.processes())
    for _ in range(5):
        assert server.get("/").status == 200

    # A request is counted once its client has the answer.
    def counted():
        group = _group(server)
        enough = sum(each["requests"] for each in group["list"]) == 5
        return group if enough else None

    group = workers.until(counted)
    for each in group["list"]:
        with open("/proc/%d/status" % each["pid"]) as status:
            resident = int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1))
        assert abs(each["resident"] - 1024 * resident) < 8 * 2**20
        assert each["seconds"] > 0
        assert each["running"] == []
    metrics = _metrics(server)
    assert metrics['isthmus_workers{state="idle"}'] == 2
    served = [
        metrics['isthmus_worker_requests{worker="%d"}' % place] for place in (0, 1)
    ]
    assert sum(served) == 5
    assert metrics['isthmus_worker_resident_bytes{worker="0"}'] > 2**20


def test_request_is_shown_in_its_worker_with_its_line_of_python(start, tmp_path):
    server = start()
    _full(server, 1)
    thread = threading.Thread(target=server.get, args=("/waits?60",))
    thread.start()

    def busy():
        status = server.status()
        running = status["running"]
        (worker,) = status["apps"][0]["workers"]["list"]
        # One report looks at the workers first, at the requests later.
        shown = running and running[0]["python"] and worker["running"]
        return shown and (worker, running[0])

    worker, request = workers.until(busy)
    assert worker["state"] == "BUSY"
    assert worker["running"] == [request["id"]]
    assert request["doing"] == "runs in a worker"
    assert "in waits" in request["python"][0]
    # No frame of the worker's own is among them.
    assert "in application" in request["python"][-1]
    assert _metrics(server)['isthmus_workers{state="busy"}'] == 1
    (tmp_path / "0" / "WEB-INF" / "app" / "enough").touch()
    thread.join()
    _full(server, 1)


def test_page_shows_the_request_of_a_worker(start, tmp_path):
    server = start()
    _full(server, 1)
    thread = threading.Thread(target=server.get, args=("/waits?60",))
    opened = browser.Browser(tmp_path / "browser")
    try:
        opened.open("http://127.0.0.1:%d/c/isthmus/status" % server.port)
        row = "table.workers tbody td"
        opened.until(lambda: opened.texts(row)[:2] == ["idle", "0"])
        thread.start()

        def shown():
            doing = opened.texts(row + " .mono")
            return doing and "app.py:" in doing[0] and doing[0]

        doing = opened.until(shown)
        assert doing.startswith("GET /c/app/waits (") and doing.endswith(" waits")
        opened.until(lambda: opened.texts(row)[0] == "busy")
        assert opened.errors() == []
    finally:
        (tmp_path / "0" / "WEB-INF" / "app" / "enough").touch()
        opened.close()
    thread.join()


def test_ends_are_counted_by_their_reason(start):
    server = start(workers="1", worker__max_requests="3")
    assert server.get("/dies").status == 502
    (worker,) = _full(server, 1)["list"]
    assert _group(server)["exits"] == {"exit 7": 1}
    os.kill(worker["pid"], signal.SIGKILL)
    workers.until(lambda: _group(server)["exits"] == {"exit 7": 1, "signal 9": 1})
    _full(server, 1)
    for _ in range(3):
        assert server.get("/").status == 200
    expected = {"exit 7": 1, "signal 9": 1, "max_requests": 1}
    workers.until(lambda: _group(server)["exits"] == expected)
    assert _full(server, 1)["restarts"] == 3
    metrics = _metrics(server)
    assert metrics["isthmus_worker_restarts_total{}"] == 3
    assert metrics['isthmus_worker_exits_total{reason="signal 9"}'] == 1


# The second import ends its process.
FAILS_ONCE = r"""
import os

for number in range(100):
    try:
        os.mkdir(os.path.join(os.path.dirname(__file__), "import-%d" % number))
        break
    except FileExistsError:
        pass
if number == 1:
    os._exit(9)
"""


def test_worker_that_was_never_ready_is_no_restart(start):
    server = start(FAILS_ONCE + APP, workers="2")
    group = _full(server, 2)
    assert (group["exits"], group["restarts"]) == ({"exit 9": 1}, 0)
    os.kill(group["list"][0]["pid"], signal.SIGKILL)
    workers.until(lambda: "signal 9" in _group(server)["exits"])
    assert _full(server, 2)["restarts"] == 1


def test_request_that_does_not_come_back_makes_its_worker_stuck(start):
    server = start(timeout="0.5")
    _full(server, 1)
    assert server.get("/waits?60").status == 504
    states = set()

    def replaced():
        group = _group(server)
        states.update(each["state"] for each in group["list"])
        return group["exits"] == {"timeout": 1}

    workers.until(replaced)
    assert "STUCK" in states
    assert _full(server, 1)["restarts"] == 1


def test_time_in_python_is_told_from_transport(start):
    server = start()
    assert server.get("/waits?0.4").status == 200
    seconds = server.status()["apps"][0]["seconds"]
    # The wait itself is Python's, whatever else there is.
    assert seconds["python"] >= 0.4
    assert seconds["transport"] > 0


def test_loop_of_ends_is_shown(start, tmp_path):
    server = start()
    _full(server, 1)
    (tmp_path / "0" / "WEB-INF" / "app" / "app.py").write_text("import os; os._exit(9)")
    assert server.get("/dies").status == 502
    workers.until(lambda: _group(server)["failing"])
    assert _group(server)["exits"]["exit 9"] >= 3


def test_web_application_is_ready_only_while_a_worker_takes_requests(start, tmp_path):
    server = start()
    workers.until(lambda: _is_ready(server))
    app = tmp_path / "0" / "WEB-INF" / "app" / "app.py"
    app.write_text("import os; os._exit(9)")
    os.kill(server.processes()[0], signal.SIGKILL)
    workers.until(lambda: not _is_ready(server))
    workers.until(lambda: _group(server)["failing"])
    assert not _is_ready(server)
    assert _metrics(server)["isthmus_app_ready{}"] == 0
    app.write_text(APP)
    workers.until(lambda: _is_ready(server))
    assert server.get("/").status == 200


def _is_ready(server):
    address = ("127.0.0.1", server.port)
    status = client.fetch(address, "GET", "/c/isthmus/ready").status
    assert status in (200, 503)
    return status == 200
