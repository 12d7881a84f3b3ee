"""Gives work to isthmus.submit; each path is a function here, each query a key.

What tasks note under a key is shown by /show?KEY, as JSON.
"""

import json
import os
import sys
import threading
import time
import uuid

_NAME = uuid.uuid4().hex
_noted = {}
_gates = {}


def application(environ, start_response):
    case = environ["PATH_INFO"].rpartition("/")[2]
    answer = globals()["_" + case](environ["isthmus.submit"], environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode("ascii")]


def _show(submit, key):
    return _noted.get(key, [])


def _note(submit, key):
    here = threading.current_thread()
    return repr(submit(note, key, here, self="s", function="f", submit="u"))


def note(key, requests, **named):
    is_other = threading.current_thread() is not requests
    _add(key, "%s %s" % (is_other, sorted(named.items())))


def _name(submit, key):
    """Tell this generation from others."""
    return _NAME


def _add(key, text):
    _noted.setdefault(key, []).append(text)


def _raise(submit, key):
    submit(fails, key)


def fails(key):
    raise ValueError("of a task: " + key)


def _exit(submit, key):
    submit(exits, key)


def exits(key):
    sys.exit("of a task: " + key)


def _builtin(submit, key):
    submit(sys.exit, "of a task: " + key)


def _mistaken(submit, key):
    """Pass what a function returns."""
    return _refused(submit, _add(key, "called")) + _refused(submit)


def _refused(submit, *arguments):
    try:
        submit(*arguments)
    except (TypeError, RuntimeError) as e:
        return [type(e).__name__, str(e)]
    return ["taken"]


def _fill(submit, key):
    """Submit until there is no room; return how many had some."""
    gate = _gates[key] = threading.Event()
    for number in range(100):
        refused = _refused(submit, waits, gate, key, number)
        if refused != ["taken"]:
            return [number] + refused


def waits(gate, key, number):
    gate.wait()
    _add(key, number)


def _let_go(submit, key):
    _gates[key].set()


def _again(submit, key):
    submit(again, submit, key)


def again(submit, key):
    """Use what environ gave when its request has ended."""
    submit(_add, key, "again")


def _slow(submit, key):
    for _ in range(3):
        submit(slow, key)


def slow(key):
    time.sleep(0.5)
    sys.stdout.write("slow task has ended: %s\n" % key)


def _stay(submit, key):
    for _ in range(3):
        submit(stays)


def stays():
    threading.Event().wait(600)


def _pid(submit, key):
    return os.getpid()


def _where(submit, key):
    submit(where, key)


def where(key):
    """Note the thread, by the name that Java gives it."""
    from java.lang import Thread

    _add(key, Thread.currentThread().getName())


def _try(submit, key):
    return _refused(submit, len, key)


def stopping(event):
    sys.stdout.write("submits: stopping\n")
