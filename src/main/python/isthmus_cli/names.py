"""Building blocks of messages: suggestions, numbers, full stops, and more."""

import re

from isthmus import absent

_TWO_STOPS = re.compile(r"(?<![.?])([.?])\.(?= |$)")


def nearest(name, known):
    """Return a sentence with the nearest of the known names, or nothing."""
    near = absent.closest(name, list(known))
    return " Did you mean '%s'?" % near if near else ""


def counted(number, noun):
    """Return "1 error" or "2 errors"."""
    return "%d %s%s" % (number, noun, "" if number == 1 else "s")


def see(code):
    """Return the last sentence of a message: where to find more.

    Users may not have the documentation, but they have the tool.
    """
    return "See `isthmus explain %s`." % code


def punctuated(text):
    """Return a message without a full stop after a value that ends a sentence."""
    return _TWO_STOPS.sub(r"\1", text)
