"""CPython behind a real Tomcat: which worker a request goes to, and when it waits."""

import threading

import pytest

import workers
from noting_app import APP

# A client gives up long before a request that stays would let others pass.
LIMIT = 30


class Requests:
    """Requests at the same time, and their answers."""

    def __init__(self, server):
        self._server = server
        self._threads = []
        self.answers = {}

    def send(self, name, **options):
        """Send one, once those before are being answered or wait."""
        thread = threading.Thread(target=self._ask, args=(name, options))
        thread.start()
        self._threads.append(thread)

    def _ask(self, name, options):
        self.answers[name] = self._server.get("/" + name, **options)

    def are_running(self):
        workers.until(
            lambda: len(self._server.status()["running"]) == len(self._threads)
        )

    def end(self):
        for thread in self._threads:
            thread.join()
        return self.answers


@pytest.mark.parametrize(
    "settings", [{"multithread": "false"}, {"worker__threads": "2"}]
)
def test_no_request_waits_behind_a_long_one_while_another_worker_is_free(
    start_idle, tmp_path, settings
):
    server = start_idle(APP, 2, **settings)
    long, short = Requests(server), Requests(server)
    for number in range(2 * int(settings.get("worker__threads", "1")) - 1):
        long.send("stays%d" % number, timeout=120)
    long.are_running()
    for number in range(8):
        short.send("short%d" % number, timeout=LIMIT)
    answers = short.end()
    (tmp_path / "app" / "WEB-INF" / "app" / "enough").touch()
    assert [answer.status for answer in long.end().values()] == [200] * len(
        long.answers
    )
    assert sorted(answers) == ["short%d" % number for number in range(8)]
    assert {answer.status for answer in answers.values()} == {200}


def test_request_that_comes_back_is_answered_once_and_with_its_body(
    start_idle, tmp_path
):
    """Two long ones fill both workers, and the others wait in the container."""
    server = start_idle(APP, 2, multithread="false")
    directory = tmp_path / "app" / "WEB-INF" / "app"
    long, others = Requests(server), Requests(server)
    for name in ("stays1", "stays2"):
        long.send(name, timeout=120)
    long.are_running()
    body = b"x" * 100000
    for number in range(6):
        # The head of each second one is too large for the queue.
        headers = [("X-Large", "x" * 5000)] if number % 2 else []
        options = {"method": "POST", "body": body, "headers": headers, "timeout": 120}
        others.send("other%d" % number, **options)
    # Of the eight, two are in workers.
    workers.until(lambda: _counts(server) == (8, [1, 1]))
    (directory / "enough").touch()
    answers = {**long.end(), **others.end()}
    assert {answer.status for answer in answers.values()} == {200}
    for number in range(6):
        assert answers["other%d" % number].body == b"other%d 100000" % number
    begun = (directory / "begun").read_text().split()
    assert sorted(begun) == sorted(answers)


def _counts(server):
    """How many requests are running, and how many of these in each worker."""
    status = server.status()
    group = status["apps"][0]["workers"]["list"]
    return len(status["running"]), [len(worker["running"]) for worker in group]


def test_request_of_a_serial_application_takes_no_thread_of_a_worker_to_wait(
    start_idle, tmp_path
):
    serial = {"isthmus.app": "app:application", "isthmus.multithread": "false"}
    server = start_idle(APP, 1, worker__threads="2", servlets={"serial": serial})
    waiting, other = Requests(server), Requests(server)
    for name in ("stays", "first", "second", "third"):
        waiting.send(name, servlet="serial", timeout=120)
        waiting.are_running()
    other.send("other", timeout=LIMIT)
    assert other.end()["other"].status == 200
    assert _counts(server) == (4, [1])
    directory = tmp_path / "app" / "WEB-INF" / "app"
    (directory / "enough").touch()
    assert {answer.status for answer in waiting.end().values()} == {200}
    begun = (directory / "begun").read_text().split()
    assert begun[:2] == ["stays", "other"]
    assert sorted(begun[2:]) == ["first", "second", "third"]
    assert not _lines(server, "IS0192: ")


def test_request_that_waits_for_a_worker_is_logged_once(start_idle, tmp_path):
    server = start_idle(APP, 1, worker__threads="2")
    requests = Requests(server)
    for name in ("stays1", "stays2", "first", "second"):
        requests.send(name, timeout=120)
        requests.are_running()
    record = workers.until(lambda: _lines(server, "IS0192: "))[0]
    assert "isthmus.workers" in record
    (tmp_path / "app" / "WEB-INF" / "app" / "enough").touch()
    assert {answer.status for answer in requests.end().values()} == {200}
    assert len(_lines(server, "IS0192: ")) == 1


def _lines(server, text):
    return [line for line in server.text().splitlines() if text in line]
