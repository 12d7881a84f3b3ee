"""isthmus.submit without an engine: the order of tasks, their names, their threads."""

import functools
import sys
import threading

import pytest

from isthmus.tasks import Submit


class Sends:
    def __call__(self):
        pass

    def bill(self):
        pass


def send():
    pass


def test_tasks_are_taken_in_their_order():
    submit, done = Submit(1, 9, lambda name: None), []
    for number in range(5):
        submit(done.append, number)
    while (task := submit.take()) is not None:
        task()
    assert done == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (send, __name__ + ":send"),
        (functools.partial(send), __name__ + ":send"),
        (Sends(), __name__ + ":Sends"),
        (Sends().bill, __name__ + ":Sends.bill"),
        (sys.exit, "sys:exit"),
        ("".join, "?:str.join"),
    ],
)
def test_name_says_where_the_callable_is(function, name):
    started = []
    Submit(1, 1, started.append)(function)
    assert started == [name]


def test_thread_is_started_for_each_task_up_to_the_limit_and_again_later():
    started = []
    submit = Submit(2, 3, started.append)
    for _ in range(5):
        submit(send)
    assert len(started) == 2
    with pytest.raises(RuntimeError, match="SUBMIT_FULL: %s:send" % __name__):
        submit(send)
    # Both threads end.
    while submit.take():
        pass
    assert submit.take() is None
    submit(send)
    assert len(started) == 3


def test_task_without_a_thread_is_not_taken():
    def fails(name):
        raise OSError("no more threads")

    submit = Submit(2, 1, fails)
    for _ in range(5):
        with pytest.raises(OSError):
            submit(send)
    assert submit.end(0) == ""


def test_task_that_another_thread_has_taken_is_not_refused():
    taken = []

    def fails(name):
        if taken:
            taken.append(submit.take())
            raise OSError("no more threads")
        taken.append(None)

    submit = Submit(2, 9, fails)
    submit(send)
    submit.take()
    submit(send)
    assert taken[1] is not None


def test_task_that_waits_for_a_thread_that_could_not_start_gets_another():
    started, done = [], []

    def start(name):
        started.append(name)
        if len(started) == 1:
            submit(done.append, "of another thread, meanwhile")
            raise OSError("no more threads")

    submit = Submit(1, 1, start)
    with pytest.raises(OSError):
        submit(send)
    assert len(started) == 2
    submit.take()()
    assert done
    assert submit.take() is None


def test_task_that_gets_none_then_either_is_dropped_and_logged(capsys):
    started = []

    def fails(name):
        started.append(name)
        if len(started) == 1:
            submit(send)
        raise OSError("no more threads")

    submit = Submit(1, 1, fails)
    with pytest.raises(OSError):
        submit(len, "")
    assert submit.end(0) == ""
    logged = capsys.readouterr().err
    assert "TASK_RAISED: %s:send" % __name__ in logged
    assert "OSError: no more threads" in logged


def test_thread_that_has_failed_is_replaced():
    started = []
    submit = Submit(1, 1, started.append)
    submit(len, "")
    submit.take()
    submit(send)
    submit.leave()
    assert len(started) == 2
    assert submit.take() is not None
    assert submit.take() is None
    assert submit.end(0) == ""


def test_end_waits_for_what_runs_and_describes_the_rest():
    threads = []

    def start(name):
        threads.append(threading.Thread(target=work, daemon=True))
        threads[-1].start()

    def work():
        while (task := submit.take()) is not None:
            task()

    def waits():
        taken.set()
        gate.wait()

    submit, taken, gate = Submit(1, 3, start), threading.Event(), threading.Event()
    submit(waits)
    assert taken.wait(60)
    for _ in range(3):
        submit(send)
    described = submit.end(0.01)
    assert described.startswith("running 1 (")
    assert described.endswith("; waiting 3 (%s:send 3)" % __name__)
    with pytest.raises(RuntimeError, match="SUBMIT_ENDED: %s:send" % __name__):
        submit(send)
    gate.set()
    assert submit.end(60) == ""
    threads[0].join()
    assert len(threads) == 1
