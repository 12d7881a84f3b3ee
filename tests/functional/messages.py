"""Log records without a code: what tells each of them, in this one place.

Tests name a code, a value and a key word, never a sentence: sentences are corrected.
What has no code to be told by is told by the words below.
"""


def reloaded(path):
    """A web application has a new generation."""
    return r"^(?!.*IS0110).*%s\b.* reloaded\b" % path


def reload_ended(path):
    """A web application was stopped while it reloaded."""
    return r"%s\b.* ended .*\breload" % path


def start_ended(path):
    """A web application was stopped while applications were starting."""
    return r"%s\b.* ended .*\bstart" % path


def stopping(path):
    """A web application is being stopped, and lets requests end."""
    return r"%s\b.* being stopped" % path


def stopped(path):
    """A web application has been stopped."""
    return r"%s\b.* has ended" % path


PYTHON_STOPPED = r"Python has ended"
CLIENT_GONE = r"client went away"
