"""CPython behind a real Tomcat: workers that applications end again and again."""

import threading
from pathlib import Path

import pytest

from worker_app import APP


@pytest.mark.parametrize("seconds", ["0", "60"])
def test_worker_whose_pipes_the_application_closes_is_replaced(start_idle, seconds):
    server = start_idle(APP, 1)
    assert server.get("/closes?" + seconds).status == 502
    assert server.get("/hello").status == 200
    (record,) = [line for line in server.text().splitlines() if "IS0183: " in line]
    assert "pipes" in record
    assert "operator" not in record


def test_worker_whose_answer_cannot_be_followed_is_replaced(start_idle):
    server = start_idle(APP, 1)
    assert server.get("/misleads").status == 502
    assert server.get("/hello").status == 200
    (record,) = [line for line in server.text().splitlines() if "IS0183: " in line]
    assert "answer" in record
    group = server.status()["apps"][0]["workers"]
    assert group["exits"] == {"answers": 1}


def test_client_that_crashes_workers_keeps_no_other_from_being_answered(start_idle):
    server = start_idle(APP, 2)
    over = threading.Event()
    statuses = []

    def ask():
        while not over.is_set():
            statuses.append(server.get("/hello").status)

    other = threading.Thread(target=ask)
    other.start()
    try:
        crashed = [server.get("/dies").status for _ in range(16)]
    finally:
        over.set()
        other.join()
    assert crashed == [502] * 16
    # 502 for one that was running in the same worker.
    assert set(statuses) <= {200, 502}
    assert 200 in statuses
    assert "IS0184: " not in server.text()


def test_kernel_ends_workers_before_the_container(start_idle):
    server = start_idle(APP, 1)
    (pid,) = server.processes()
    assert _score(pid) > _score(server.pid)


def _score(pid):
    return int(Path("/proc/%d/oom_score_adj" % pid).read_text())
