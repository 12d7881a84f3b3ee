"""The crew alone: who leads, who rests, and who wakes the guard."""

import queue
import threading
import time

import pytest

from isthmus_worker import crew

LIMIT = 60.0
# A guard that looks so seldom takes no short request for a long one, on a busy machine.
_UNHURRIED = 0.1


class Work:
    """Requests that a crew takes, and the threads on which they are served."""

    def __init__(self, most):
        self.requests = queue.SimpleQueue()
        self.returned = queue.SimpleQueue()
        self.running = 0
        self.largest = 0
        self.served = queue.SimpleQueue()
        self._lock = threading.Lock()
        self.crew = crew.Crew(
            self.requests.get, self._serve, most, give_back=self._give_back
        )
        self.crew.start()

    def _give_back(self):
        while not self.requests.empty():
            self.returned.put(self.requests.get_nowait())

    def _serve(self, request):
        with self._lock:
            self.running += 1
            self.largest = max(self.largest, self.running)
        request()
        with self._lock:
            self.running -= 1
        self.served.put(threading.current_thread().name)

    def names(self, count):
        return [self.served.get(timeout=LIMIT) for _ in range(count)]


@pytest.fixture
def work():
    made = []

    def make(most):
        made.append(Work(most))
        return made[-1]

    yield make
    for each in made:
        each.requests.put(None)


def test_short_requests_are_all_served_by_one_thread(work, monkeypatch):
    monkeypatch.setattr(crew, "_STEP", _UNHURRIED)
    some = work(4)
    for _ in range(1000):
        some.requests.put(lambda: None)
    assert len(set(some.names(1000))) == 1


def test_long_requests_are_served_side_by_side(work):
    some = work(3)
    together = threading.Barrier(3, timeout=LIMIT)
    for _ in range(30):
        some.requests.put(together.wait)
    assert len(set(some.names(30))) == 3
    assert some.largest == 3


def test_one_thread_serves_one_after_the_other(work):
    some = work(1)
    for _ in range(5):
        some.requests.put(lambda: time.sleep(0.01))
    assert len(set(some.names(5))) == 1
    assert some.largest == 1


def test_guard_that_sleeps_is_woken(work, monkeypatch):
    monkeypatch.setattr(crew, "_IDLE", 1)
    some = work(2)
    for _ in range(5):
        end = time.monotonic() + LIMIT
        while not some.crew._sleeping:
            assert time.monotonic() < end
            time.sleep(0.001)
        go = threading.Event()
        some.requests.put(lambda go=go: go.wait(LIMIT))
        some.requests.put(go.set)
        some.names(2)


def test_short_requests_are_one_threads_again_after_long_ones(work, monkeypatch):
    monkeypatch.setattr(crew, "_STEP", _UNHURRIED)
    some = work(3)
    together = threading.Barrier(3, timeout=LIMIT)
    for _ in range(30):
        some.requests.put(together.wait)
    some.names(30)
    for _ in range(1000):
        some.requests.put(lambda: None)
    assert len(set(some.names(1000)[-900:])) == 1


@pytest.mark.parametrize("most", [1, 2])
def test_requests_are_given_back_while_all_threads_are_busy(work, most):
    some = work(most)
    go = threading.Event()
    for _ in range(most):
        some.requests.put(lambda: go.wait(LIMIT))
    some.requests.put("first")
    assert some.returned.get(timeout=LIMIT) == "first"
    some.requests.put("second")
    assert some.returned.get(timeout=LIMIT) == "second"
    go.set()
    some.names(most)
    some.requests.put(lambda: None)
    some.names(1)


def test_crew_serves_on_the_threads_that_it_has_while_there_are_no_more(
    work, monkeypatch
):
    errors = queue.SimpleQueue()
    monkeypatch.setattr(crew, "break_off", errors.put)
    some = work(2)
    refused = threading.Event()
    start = crew._thread

    def no_thread(target, name):
        refused.set()
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(crew, "_thread", no_thread)
    some.requests.put(lambda: refused.wait(LIMIT))
    some.requests.put(lambda: None)
    assert len(set(some.names(2))) == 1
    monkeypatch.setattr(crew, "_thread", start)
    together = threading.Barrier(2, timeout=10)
    for _ in range(2):
        some.requests.put(together.wait)
    assert len(set(some.names(2))) == 2
    assert errors.empty()


def test_exception_of_the_guard_ends_the_process(monkeypatch):
    errors = queue.SimpleQueue()
    monkeypatch.setattr(crew, "break_off", errors.put)
    requests = queue.SimpleQueue()

    def fails():
        raise EOFError

    crew.Crew(requests.get, lambda request: None, 1, look=fails).start()
    assert isinstance(errors.get(timeout=LIMIT), EOFError)
    requests.put(None)
