"""Why an import failed, if the exception and its last line of code show it."""

from __future__ import absolute_import

import linecache
import os
import re

from isthmus import absent, owners
from isthmus.jython import descriptors, extensions, python3

_MISSING = re.compile(r"No module named '?([\w.]+)|cannot import name '?(\w+)")
_FROM = re.compile(r"\s*from\s+(\.*)([\w.]*)\s+import\b")
_IMPORT = re.compile(r"\s*import\s+(.+)")
# Jython raises this if the code of a module does not fit into a Java method.
_LARGE = re.compile(r"Module or method too large in `(.*)`")
_NO_CODING = re.compile(r"Non-ASCII character in file '(.*)', but no encoding")
_OWN = "Write it for Python 2.7."
_RELEASE = "It belongs to %s: install a release of that for Python 2.7."


class Finding(object):
    """A rule, and the values of its message after the name of what failed.

    Without a rule, the values are text to append to the exception's own message.

    :ivar is_whole: True if the message says everything.
    """

    def __init__(self, rule, values, is_whole=False):
        self.rule = rule
        self.values = values
        self.is_whole = is_whole


def of(error, frames):
    """Return the Finding for an exception, or None if there is no better explanation.

    :param frames: its traceback, as ``traceback.extract_tb`` returns it.
    """
    if isinstance(error, SyntaxError):
        return _syntax(error, frames)
    if isinstance(error, ImportError):
        return _missing(error, frames)
    remedy = descriptors.remedy(error, frames)
    if remedy:
        return Finding(None, (remedy,))
    # A Java exception, whose class has nothing in common with Python's.
    large = _LARGE.search(absent.message(error))
    return Finding("CODE_TOO_LARGE", (large.group(1),), True) if large else None


def _syntax(error, frames):
    undeclared = _NO_CODING.search(absent.message(error))
    if undeclared:
        file = undeclared.group(1)
        number, line = _first_beyond_ascii(file)
    else:
        file, number = error.filename, error.lineno
        line = error.text or linecache.getline(file or "", number or 0)
    if not file or not number:
        return None
    place, line = _place(file, number), line.strip()
    construct = python3.construct(line, absent.message(error))
    if construct is None:
        return Finding("SYNTAX_ERROR", (place, line, error.msg))
    owner = owners.of(file)
    name = owners.top(file)
    if owner and name in extensions.KNOWN:
        return _extension(place, name, owner, extensions.KNOWN[name])
    remedy = _RELEASE % owner if owner else _OWN
    return Finding("PYTHON3_SYNTAX", (place, construct, line, remedy))


def _first_beyond_ascii(file):
    with open(file, "rb") as lines:
        for number, line in enumerate(lines, 1):
            if any(octet > 127 for octet in bytearray(line)):
                # As a native string, whose octets the log decodes as UTF-8.
                return number, line if str is bytes else line.decode("utf-8", "replace")
    return None, ""


def _missing(error, frames):
    match = _MISSING.match(absent.message(error))
    if not match or not frames:
        return None
    file, number, _, line = tuple(frames[-1])[:4]
    name, is_relative = _imported(line or "", match.group(1) or match.group(2))
    place = _place(file, number)
    found = extensions.file(name, os.path.dirname(file))
    if found:
        top = name.split(".")[0]
        return _extension(place, name, found, extensions.KNOWN.get(top))
    if is_relative:
        return None
    instead = extensions.instead(name)
    if instead:
        return _extension(place, name, "a library or module of CPython", instead)
    instead = python3.instead(name)
    if instead:
        owner = owners.of(file)
        remedy = _RELEASE % owner if owner else instead
        return Finding("PYTHON3_IMPORT", (place, name, remedy))
    if match.group(2):
        return None
    return Finding("IMPORT_ABSENT", (place, name, absent.nearest_module(name)))


def _extension(place, name, what, instead):
    remedy = "Use %s instead." % instead if instead else "Use one in Python or Java."
    return Finding("C_EXTENSION", (place, name, what, remedy))


def _place(file, number):
    return "line %d of %s" % (number, file)


def _imported(line, missing):
    """Return the full name that a line imports, and whether from its own package.

    Jython's ImportError has only the last part of the name.

    :param missing: the name in the ImportError.
    """
    match = _FROM.match(line)
    if match:
        base = match.group(2)
        whole = base if _is_part(missing, base) else (base + "." + missing).strip(".")
        return whole, bool(match.group(1))
    match = _IMPORT.match(line)
    for name in match.group(1).split(",") if match else ():
        name = name.split("#")[0].split(";")[0].split(" as ")[0].strip()
        if _is_part(missing, name):
            return name, False
    return missing, False


def _is_part(missing, name):
    return missing == name or missing in name.split(".")
