"""Finds the functions that isthmus.events names."""

from __future__ import absolute_import

import sys

from isthmus.importing import LoadError


def find(event, spec):
    """Return the listener for an event.

    :param event: its name, for the message if there is no such callable.
    :param spec: ``package.module:callable``.
    :raises LoadError: if it cannot be imported, does not exist, or is not callable.
    """
    name, _, path = spec.partition(":")
    try:
        found = __import__(name, {}, {}, ["__name__"])
        found = sys.modules.get(name, found)
        for attribute in path.split("."):
            found = getattr(found, attribute)
    except:  # noqa: E722 - SystemExit and Java's exceptions too
        error = LoadError("EVENT_ABSENT", spec, event)
        error.set_cause(*sys.exc_info())
        raise error
    if not callable(found):
        raise LoadError("EVENT_ABSENT", spec, event)
    return found
