"""What exists in place of a missing name: near names, and all that are available."""

from __future__ import absolute_import

import os
import sys
import traceback

from isthmus import paths

_MAX_LISTED = 40
_LONGEST = 200
# What was always there on CPython, so that libraries import it without asking for it.
# For Python 2.7, and for Python 3, as setuptools itself warns: "pin to Setuptools<81".
_DISTRIBUTIONS = {
    "pkg_resources": (
        "setuptools, of which 44.1.1 is the last release for Python 2.7",
        "setuptools, in releases before 81: setuptools<81",
    )
}


def distribution(name, for_python_3=False):
    """Return the distribution that a missing module is known to be part of, or None.

    :param name: of the module, with the packages that it is in.
    """
    found = _DISTRIBUTIONS.get(name.split(".")[0])
    return found and found[for_python_3]


def nearest(name, candidates):
    """Return " (did you mean ...?)" for the candidate that was probably meant, or "".

    Half a name, or a name and a half, counts as near: ``app`` for ``application``.
    """
    others = sorted(set(candidates) - {name})
    near = closest(name, others) or _half(name, others)
    return " (did you mean '%s'?)" % near if near else ""


def closest(name, candidates):
    """Return the candidate that is spelled almost like a name, or None."""
    import difflib

    return (difflib.get_close_matches(name, candidates, 1) or [None])[0]


def _half(name, candidates):
    halves = [c for c in candidates if c.startswith(name) or name.startswith(c)]
    return min(halves) if halves else None


def nearest_module(name):
    """Return " (did you mean ...?)" for a module's name that sys.path has, or "".

    A module that is known to be part of a distribution gets a hint at that instead. If
    the search itself fails, its error is the hint: the message about the missing name
    must not depend on it.
    """
    known = distribution(name, for_python_3=str is not bytes)
    if known:
        return " (it is part of %s)" % known
    try:
        bare = _without_init(name) if str is bytes else None
        if bare:
            return " (the package '%s' has no __init__.py)" % bare
        return _nearest_module(name)
    except:  # noqa: E722 (Java exceptions too: see loading)
        return " (nothing is known of near names: %s)" % raised(*sys.exc_info()[:2])


def _nearest_module(name):
    package, _, last = name.rpartition(".")
    parent = sys.modules.get(package)
    if parent is not None:
        prefix, places = package + ".", getattr(parent, "__path__", [])
    else:
        prefix, last, places = "", name.split(".")[0], sys.path
    places = paths.entries(places)
    found = _importable(places) - {last}
    # Python's own library is in an archive. Half a name is no hint there: `requests` is
    # not `re`.
    near = closest(last, sorted((found | _archived(places)) - {last}))
    near = near or _half(last, found)
    return " (did you mean '%s'?)" % (prefix + near) if near else ""


def _without_init(name):
    """Return the package in a dotted name that has modules but no __init__.py."""
    parts = name.split(".")
    for i in range(1, len(parts)):
        package, inside = "/".join(parts[:i]), "/".join(parts[: i + 1])
        if _exists(package + "/__init__.py"):
            continue
        if _exists(inside + ".py") or _exists(inside + "/__init__.py"):
            return ".".join(parts[:i])
    return None


def _exists(path):
    """Tell whether there is such a file below an entry of sys.path, or a resource."""
    from java.lang import Thread

    directories = paths.entries(sys.path)
    loader = Thread.currentThread().getContextClassLoader()
    return any(os.path.isfile(os.path.join(d, path)) for d in directories) or (
        loader is not None and loader.getResource(path) is not None
    )


def _importable(directories):
    found = set()
    for directory in directories:
        for entry in entries(directory):
            base, extension = os.path.splitext(entry)
            package = os.path.join(directory, entry, "__init__.py")
            if extension == ".py" or os.path.isfile(package):
                found.add(base)
    return found


def _archived(places):
    """Return the modules of archives, as zipimport has read their contents.

    pkgutil.iter_modules looks for these under the path as octets, but Jython stores
    them under the path as text: a KeyError if that is not ASCII.
    """
    import pkgutil

    found = set()
    for place in places:
        importer = pkgutil.get_importer(place)
        prefix = getattr(importer, "prefix", "")
        for file in getattr(importer, "_files", ()):
            rest = file[len(prefix) :].split(os.sep)
            if not file.startswith(prefix):
                continue
            if len(rest) == 1 and rest[0].endswith(".py"):
                found.add(rest[0][: -len(".py")])
            elif rest[1:] == ["__init__.py"]:
                found.add(rest[0])
    return found


def callables(found):
    """Return the public names of an object's callables."""
    names = [name for name in dir(found) if not name.startswith("_")]
    return [name for name in names if _is_callable(found, name)]


def _is_callable(found, name):
    try:
        return callable(getattr(found, name))
    except Exception:
        # A property or a proxy that only works during a request.
        return False


def is_empty(file):
    """Tell whether this is a source that contains nothing but white space."""
    try:
        with open(file, "rb") as source:
            return file.endswith(".py") and not source.read().strip()
    except EnvironmentError:
        return False


def entries(directory):
    """Return the names in a directory; none if it is missing or unreadable."""
    try:
        return sorted(os.listdir(directory)) if directory else []
    except OSError:
        return []


def message(error):
    """Return an exception's message, "" if it has none in ASCII on Python 2."""
    try:
        return str(error)
    except:  # noqa: E722 (Java exceptions too: see loading)
        return ""


def raised(kind, error):
    """Return an exception as messages show it: one line, cut after 200 octets.

    A SyntaxError is followed by its place, which is not in its own message.
    """
    text = paths.native(traceback.format_exception_only(kind, error)[-1])
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        # On Python 2, a character may take several octets.
        octets = text.encode("utf-8") if str is not bytes else text
        text = paths.native(octets[:_LONGEST].decode("utf-8", "ignore")) + "..."
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        place = error.lineno, paths.native(error.filename)
        return "%s (line %d of %s)" % ((text,) + place)
    return text


def path():
    """Return sys.path as messages show it."""
    return ", ".join(_text(paths.native(entry)) for entry in sys.path)


def listed(names):
    """Return names as messages show them: the first few, and the number of the rest."""
    some = [_text(name) for name in names[:_MAX_LISTED]]
    if len(names) > _MAX_LISTED:
        some.append("and %d more" % (len(names) - _MAX_LISTED))
    return ", ".join(some) or "nothing"


def _text(name):
    # On Python 2, a unicode name and one of octets would not join.
    return name if isinstance(name, str) else repr(name)
