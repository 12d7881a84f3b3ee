"""What messages are made of: the name that was meant, numbers, full stops, and more."""

import difflib
import re

_TWO_STOPS = re.compile(r"(?<![.?])([.?])\.(?= |$)")


def nearest(name, known):
    """Return a sentence with the one of the known names that is nearest, or nothing."""
    found = difflib.get_close_matches(name, list(known), 1)
    return " Did you mean '%s'?" % found[0] if found else ""


def counted(number, noun):
    """Return "1 error" or "2 errors"."""
    return "%d %s%s" % (number, noun, "" if number == 1 else "s")


def see(code):
    """Return the last sentence of a message: where to read on.

    A page of the documentation is not what a user has at hand; the tool is.
    """
    return "See `isthmus explain %s`." % code


def punctuated(text):
    """Return a message without the stop behind a value that ends a sentence itself."""
    return _TWO_STOPS.sub(r"\1", text)
