"""Waits until something holds, by asking again and again."""

import time

TIMEOUT = 60.0


def until(condition, found=lambda: None):
    """The value of a condition once it holds; a failure shows what was found."""
    deadline = time.monotonic() + TIMEOUT
    while not (value := condition()):
        assert time.monotonic() < deadline, found()
        time.sleep(0.02)
    return value
