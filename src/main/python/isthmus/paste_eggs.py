"""Finds what ``egg:`` names: distributions and their entry points.

As Paste Deploy does itself: release 3 by importlib.metadata, those for Python 2 by
pkg_resources, which needs setuptools.
"""

from __future__ import absolute_import

import sys

try:
    from importlib import metadata
except ImportError:  # Python 2
    metadata = None
    import pkg_resources


class Absent(Exception):
    """There is no such distribution, or not what it needs; says which."""


class Malformed(Exception):
    """A distribution's name is malformed, or its requirements conflict; says why."""


def see_all_of_path():
    """Make pkg_resources, if it is in use, look where Python looks.

    It reads sys.path when it is imported, but isthmus.python.path of a servlet that
    comes later extends it.
    """
    used = sys.modules.get("pkg_resources")
    for entry in sys.path if used else ():
        if entry not in used.working_set.entries:
            used.working_set.add_entry(entry)


def names():
    """Return the names of all distributions that have one: a broken one has none."""
    if metadata:
        found = {d.metadata["Name"] for d in metadata.distributions()}
        return sorted(found - {None})
    return [d.project_name for d in pkg_resources.working_set]


def find(spec):
    """Return a distribution's name for messages, and a function.

    The function takes names of groups, and returns their entry points: {name: (module,
    path of an attribute)}.
    """
    return _by_metadata(spec) if metadata else _by_pkg_resources(spec)


def _by_metadata(spec):
    try:
        found = metadata.distribution(spec)
    except metadata.PackageNotFoundError:
        raise Absent("there is no distribution '%s'" % spec)
    except ValueError:
        raise Malformed("%r" % (sys.exc_info()[1],))

    def entries(groups):
        chosen = [e for e in found.entry_points if e.group in groups]
        return {e.name: (e.module, e.attr) for e in chosen}

    return "%s %s" % (found.metadata["Name"], found.version), entries


def _by_pkg_resources(spec):
    try:
        pkg_resources.require(spec)
        found = pkg_resources.get_distribution(spec)
    except pkg_resources.DistributionNotFound:
        raise Absent(str(sys.exc_info()[1]).rstrip("."))
    except (ValueError, pkg_resources.ResolutionError):
        raise Malformed("%r" % (sys.exc_info()[1],))

    def entries(groups):
        chosen = {}
        for group in groups:
            chosen.update(found.get_entry_map(group))
        return {n: (e.module_name, ".".join(e.attrs)) for n, e in chosen.items()}

    return str(found), entries
