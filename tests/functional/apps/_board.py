"""Notes that apps and tests leave for each other; a test speaks through board.py.

Not an app: the module that apps of one web application share. Waiting has a bound, so
that a failing test does not hold a thread of the container for ever.
"""

import threading

PATIENCE = 20.0

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
    with _changed:
        for _ in range(200):
            if text in _notes.get(key, ()):
                return
            _changed.wait(PATIENCE / 200)
    raise AssertionError("nobody noted %r within %s s" % (text, PATIENCE))


def appears(key, text, seconds):
    """Wait so long at most; True as soon as the note is there."""
    with _changed:
        if text not in _notes.get(key, ()):
            _changed.wait(seconds)
        return text in _notes.get(key, ())


def query(environ):
    """The pairs of ?case=x&key=y, which need no decoding."""
    pairs = [pair.partition("=") for pair in environ["QUERY_STRING"].split("&")]
    return dict((name, value) for name, _, value in pairs)
