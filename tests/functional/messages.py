"""Log records without a code: what tells each of them, in this one place.

Tests name a code, a value and a key word, never a sentence: sentences are corrected.
What has no code to be told by is told by the words below.
"""

# A line of a record that has none: the others say some of these words as well.
CODELESS = r"^(?!.*\bIS\d{4}\b).*"


def reloaded(path):
    """A web application has a new generation."""
    return CODELESS + r"%s\b.* reloaded\b" % path


def reload_ended(path):
    """A web application was stopped while it reloaded."""
    return CODELESS + r"%s\b.* ended .*\breload" % path


def start_ended(path):
    """A web application was stopped while applications were starting."""
    return CODELESS + r"%s\b.* ended .*\bstart" % path


def stopping(path):
    """A web application is being stopped, and lets requests end."""
    return CODELESS + r"%s\b.* being stopped" % path


def stopped(path):
    """A web application has been stopped."""
    return CODELESS + r"%s\b.* has ended" % path


PYTHON_STOPPED = r"Python has ended"
CLIENT_GONE = r"client went away"
