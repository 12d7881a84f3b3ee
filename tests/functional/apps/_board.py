"""Notes that apps and tests leave for each other; a test speaks through board.py.

Not an app: the module that apps of one web application share. Waiting has a bound, so
that a failing test does not hold a thread of the container for ever.
"""

import threading
import time

TIMEOUT = 60.0

_notes = {}
_changed = threading.Condition()


def note(key, text):
    with _changed:
        _notes.setdefault(key, []).append(text)
        _changed.notify_all()


def notes(key):
    with _changed:
        return list(_notes.get(key, ()))


def wait(key, text):
    """Wait until this note is there; AssertionError if it does not come."""
    if not appears(key, text, TIMEOUT):
        raise AssertionError("nobody noted %r within %s s" % (text, TIMEOUT))


def appears(key, text, seconds):
    """Wait so long at most; True as soon as the note is there."""
    end = time.time() + seconds
    with _changed:
        while text not in _notes.get(key, ()):
            left = end - time.time()
            if left <= 0:
                return False
            _changed.wait(left)
        return True


def query(environ):
    """The pairs of ?case=x&key=y, which need no decoding."""
    pairs = [pair.partition("=") for pair in environ["QUERY_STRING"].split("&")]
    return dict((name, value) for name, _, value in pairs)
