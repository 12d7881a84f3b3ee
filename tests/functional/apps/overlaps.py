"""Notes "overlap" when a call begins while another one is not closed yet.

?case= says where the first request stays until that happens: call, iteration or close;
or for half a second, where it is not to happen. The second request, ?case=second, stays
nowhere.
"""

import threading

import _board

_inside = {}
_lock = threading.Lock()


def _enter(key):
    with _lock:
        _inside[key] = _inside.get(key, 0) + 1
        if _inside[key] > 1:
            _board.note(key, "overlap")


def _leave(key):
    with _lock:
        _inside[key] -= 1


class Result(object):
    def __init__(self, case, key, seconds):
        self.case = case
        self.key = key
        self.seconds = seconds

    def stay(self, place):
        if self.case == place:
            _board.note(self.key, "staying")
            _board.appears(self.key, "overlap", self.seconds)

    def __iter__(self):
        yield b"begun, "
        self.stay("iteration")
        yield b"ended"

    def close(self):
        self.stay("close")
        _leave(self.key)


def application(environ, start_response):
    query = _board.query(environ)
    seconds = _board.TIMEOUT if environ["wsgi.multithread"] else 0.5
    result = Result(query["case"], query["key"], seconds)
    _enter(query["key"])
    result.stay("call")
    if query["case"] == "raises":
        _leave(query["key"])
        raise ValueError("the next request is served all the same")
    multithread = str(environ["wsgi.multithread"])
    headers = [("Content-Type", "text/plain"), ("X-Multithread", multithread)]
    start_response("200 OK", headers)
    return result
