"""The name that was probably meant."""

import difflib


def nearest(name, known):
    """Return a sentence with the one of the known names that is nearest, or nothing."""
    found = difflib.get_close_matches(name, list(known), 1)
    return " Did you mean '%s'?" % found[0] if found else ""
