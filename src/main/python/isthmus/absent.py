"""What is there in place of what is missing: near names, and all that there are."""

from __future__ import absolute_import

import os
import sys

_MOST_SHOWN = 40


def nearest(name, candidates):
    """Return " (did you mean ...?)" for the candidate that was probably meant, or "".

    Half a name, or a name and a half, counts as near: ``app`` for ``application``.
    """
    others = sorted(set(candidates) - {name})
    near = _closest(name, others) or _half(name, others)
    return " (did you mean '%s'?)" % near if near else ""


def _closest(name, candidates):
    import difflib

    return (difflib.get_close_matches(name, candidates, 1) or [None])[0]


def _half(name, candidates):
    halves = [c for c in candidates if c.startswith(name) or name.startswith(c)]
    return min(halves) if halves else None


def nearest_module(name):
    """Return " (did you mean ...?)" for a module's name that sys.path has, or ""."""
    package, _, last = name.rpartition(".")
    parent = sys.modules.get(package)
    if parent is not None:
        prefix, places = package + ".", getattr(parent, "__path__", [])
    else:
        prefix, last, places = "", name.split(".")[0], sys.path
    found = _importable(places) - {last}
    # Python's own library lies in an archive. Half a name is no hint there: `requests`
    # is not `re`.
    near = _closest(last, sorted((found | _archived(places)) - {last}))
    near = near or _half(last, found)
    return " (did you mean '%s'?)" % (prefix + near) if near else ""


def _importable(directories):
    found = set()
    for directory in directories:
        if os.path.isdir(directory):
            for entry in os.listdir(directory):
                base, extension = os.path.splitext(entry)
                package = os.path.join(directory, entry, "__init__.py")
                if extension == ".py" or os.path.isfile(package):
                    found.add(base)
    return found


def _archived(places):
    import pkgutil

    archives = [place for place in places if not os.path.isdir(place)]
    return set(name for _, name, _ in pkgutil.iter_modules(archives))


def callables(found):
    """Return the public names of an object's callables."""
    names = [name for name in dir(found) if not name.startswith("_")]
    return [name for name in names if _is_callable(found, name)]


def _is_callable(found, name):
    try:
        return callable(getattr(found, name))
    except Exception:
        # A property or a proxy that only works within a request.
        return False


def entries(directory):
    """Return the names in a directory, none if there is no such directory."""
    if not directory or not os.path.isdir(directory):
        return []
    return sorted(os.listdir(directory))


def path():
    """Return sys.path as messages show it."""
    return ", ".join(_text(entry) for entry in sys.path)


def shown(names):
    """Return names as messages show them: so many, and how many more there are."""
    some = [_text(name) for name in names[:_MOST_SHOWN]]
    if len(names) > _MOST_SHOWN:
        some.append("and %d more" % (len(names) - _MOST_SHOWN))
    return ", ".join(some) or "nothing"


def _text(name):
    # A unicode name beside one of octets would not join on Python 2.
    return name if isinstance(name, str) else repr(name)
