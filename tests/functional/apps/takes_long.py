"""Takes its time: ?case= says how, and the key's notes tell how far it has come."""

import time

import _board

LONG = 60


def stays(key):
    """Stay until the test says so; not a place where an interrupt is looked for."""
    _board.wait(key, "go")


def sleeps(key):
    time.sleep(LONG)


def gets(key):
    try:
        import Queue as queue
    except ImportError:
        import queue
    queue.Queue().get()


def swallows(key):
    try:
        time.sleep(LONG)
    except:  # noqa: E722
        _board.note(key, "swallowed")


def computes(key):
    """Never blocks, so nothing can interrupt it; ends when the test says so."""
    while "go" not in _board.notes(key):
        pass


def returns(key):
    pass


def pours(key):
    """Not for a client that reads at leisure: more than any buffer on the way holds."""
    return [b"x" * 65536] * 1024


def raises(key):
    raise ValueError("told to")


class Result(object):
    def __init__(self, act, key):
        self._act = act
        self._key = key

    def __iter__(self):
        yield b"begun, "
        for block in self._act(self._key) or ():
            yield block
        yield b"ended"

    def close(self):
        # A flag that was left set would make an end of this.
        time.sleep(0.01)
        _board.note(self._key, "closed")


def application(environ, start_response):
    query = _board.query(environ)
    key = query["key"]
    name, _, place = query["case"].partition("-")
    act = globals()[name]
    headers = [("Content-Type", "text/plain")]
    _board.note(key, "inside")
    if place == "reading":
        _board.note(key, "read %d" % len(environ["wsgi.input"].read()))
    if place == "streaming":
        start_response("200 OK", headers)
        return Result(act, key)
    if place == "including":
        start_response("200 OK", headers)(b"before, ")
        request = environ["isthmus.request"]
        target = "%s/?case=returns&key=%s" % (request.getServletPath(), key)
        dispatcher = request.getRequestDispatcher(target)
        dispatcher.include(request, environ["isthmus.response"])
        return [b", after"]
    act(key)
    start_response("200 OK", headers)
    _board.note(key, "done")
    return [b"done"]
