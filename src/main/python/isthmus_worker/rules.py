"""Broken rules as the exceptions that an application sees."""

_SHOWN = 200

_TYPES = {
    "STATUS_TYPE": TypeError,
    "HEADERS_TYPE": TypeError,
    "HEADER_TYPE": TypeError,
    "EXC_INFO_TYPE": TypeError,
    "START_RESPONSE_ARGUMENTS": TypeError,
    "WRITE_ARGUMENTS": TypeError,
    "BLOCK_TYPE": TypeError,
    "START_RESPONSE_TWICE": AssertionError,
    "REQUEST_TOO_LARGE": OSError,
    "INPUT_ENDED": OSError,
    "RESPONSE_ENDED": OSError,
    "TIMED_OUT": OSError,
}


class Broken(Exception):
    """A rule that the application broke by what it returned: none of its code runs."""

    def __init__(self, rule, *values):
        Exception.__init__(self, rule, *values)
        self.rule = rule
        self.values = values


class Rules:
    """What the container calls the rules.

    :param patterns: the message of each rule that is checked here, to be formatted.
    """

    def __init__(self, patterns):
        self._patterns = patterns

    def raised(self, rule, *values):
        """Return the exception for a rule that the application's code has broken."""
        return told(rule, self.message(rule, *values))

    def message(self, rule, *values):
        """Return the message of a rule."""
        return self._patterns[rule] % values

    def code(self, rule):
        """Return the code of a rule, with which its message begins."""
        return self._patterns[rule].partition(":")[0]


def told(rule, message):
    """Return the exception for a rule whose message the container has made."""
    return _TYPES.get(rule, ValueError)(message)


def shown(value):
    """Return what a message shows of an offending object: its type, and short text."""
    name = type(value).__name__
    if value is None or isinstance(value, (str, bytes)):
        cut = value if value is None or len(value) <= _SHOWN else value[:_SHOWN]
        return "%s %r%s" % (name, cut, "" if cut is value else "…")
    return "of type " + name
