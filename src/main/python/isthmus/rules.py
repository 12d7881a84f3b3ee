"""The messages of rules that Python code checks, on both engines."""

from __future__ import absolute_import

import sys

# Jython's sys.platform names the virtual machine: java17.0.2.
HAS_JAVA = sys.platform.startswith("java")

# On CPython, by rule; filled by install().
_patterns = {}


def install(patterns):
    """Take what the container sends to a worker.

    :param patterns: {rule: a % pattern for its message}.
    """
    _patterns.update(patterns)


def message(rule, *values):
    """The message of a rule of Isthmus's, with its code."""
    if not HAS_JAVA:
        if rule in _patterns:
            return _patterns[rule] % values
        # In a command, which no container has started (isthmus_worker/command.py).
        return "%s: %s" % (rule, ", ".join(map(str, values)))
    from org.isthmus.errors import Rule

    return Rule.valueOf(rule).message(*values).encode("utf-8")


def masked(text):
    """Text without the passwords of the URLs in it; for Jython."""
    from org.isthmus.settings import Masked

    return Masked.text("", text)


def refused(rule, kind, *values):
    """The exception for a broken rule."""
    return kind(message(rule, *values))
