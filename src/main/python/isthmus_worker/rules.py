"""Broken rules as the exceptions that an application sees."""

import os

_SHOWN = 200

_TYPES = {
    "STATUS_TYPE": TypeError,
    "HEADERS_TYPE": TypeError,
    "HEADER_TYPE": TypeError,
    "EXC_INFO_TYPE": TypeError,
    "START_RESPONSE_ARGUMENTS": TypeError,
    "WRITE_ARGUMENTS": TypeError,
    "BLOCK_TYPE": TypeError,
    "SESSION_VALUE": TypeError,
    "SESSION_KEY": TypeError,
    "SESSION_VALUE_UNREADABLE": TypeError,
    "SESSION_TOO_LATE": RuntimeError,
    "FORWARD_TOO_LATE": RuntimeError,
    "SERVICE_ENDED": RuntimeError,
    "SERVICE_FAILED": RuntimeError,
    "SERVICE_THREAD": RuntimeError,
    "CHAIN_TWICE": RuntimeError,
    "CHAIN_FAILED": RuntimeError,
    "SESSION_GONE": RuntimeError,
    "START_RESPONSE_TWICE": AssertionError,
    "REQUEST_TOO_LARGE": OSError,
    "INPUT_ENDED": OSError,
    "RESPONSE_ENDED": OSError,
    "TIMED_OUT": OSError,
    "FORKED": OSError,
    # No rule: an IOException of a servlet's.
    "IO": OSError,
}


class Broken(Exception):
    """A rule that an application broke by its result.

    Raised after the application has returned, so its code does not see it.
    """

    def __init__(self, rule, *values):
        Exception.__init__(self, rule, *values)
        self.rule = rule
        self.values = values


class Rules:
    """The messages of rules, from the container.

    :param patterns: a % pattern for the message of each rule that a worker checks.
    """

    def __init__(self, patterns):
        self._patterns = patterns

    def raised(self, rule, *values):
        """Return the exception for a rule that the application's code has broken."""
        return _raised(rule, self.message(rule, *values))

    def forked(self):
        """Return the exception for this process, which is not the worker's own."""
        return self.raised("FORKED", os.getpid())

    def message(self, rule, *values):
        """Return the message of a rule."""
        return self._patterns[rule] % values

    def code(self, rule):
        """Return a rule's code, the beginning of its message."""
        return self._patterns[rule].partition(":")[0]


def refused(payload):
    """Return the exception for the rule and message in the container's answer."""
    return _raised(*_broken(payload))


def aborted(payload):
    """Return the exception for the rule that the container names, or for its client."""
    rule, message = _broken(payload)
    return _raised(rule, message) if rule else OSError(32, message)


def _raised(rule, message):
    return _TYPES.get(rule, ValueError)(message)


def _broken(payload):
    """Return the name of a rule and its message."""
    return payload.decode().split("\0", 1)


def shown(value):
    """Describe an offending object for a message: its type, and its text if short."""
    name = type(value).__name__
    if value is None or isinstance(value, (str, bytes)):
        cut = value if value is None or len(value) <= _SHOWN else value[:_SHOWN]
        return "%s %r%s" % (name, cut, "" if cut is value else "…")
    return "of type " + name
