"""Finds the library that a source belongs to, from the files of pip and setuptools."""

from __future__ import absolute_import

import os
import re
import sys

from isthmus import paths

_LISTS = ("RECORD", "SOURCES.txt", "installed-files.txt")
_DIRECTORIES = (".dist-info", ".egg-info")
_METADATA = ("METADATA", "PKG-INFO")
_ARCHIVE = re.compile(r"(.+?)-(\d[^-]*)(-.*)?\.(egg|whl)$")


def of(file):
    """Return a library's name and version, or what is known instead.

    None means the application's own code, or Python's own library.
    """
    place = _entry(file)
    name = os.path.basename(place or "")
    archive = _ARCHIVE.match(name)
    if archive:
        return "%s %s" % archive.group(1, 2)
    if place is None or name not in ("lib-python", "site-packages"):
        return None
    relative = os.path.relpath(file, place).replace(os.sep, "/")
    entries = [e for e in sorted(os.listdir(place)) if e.endswith(_DIRECTORIES)]
    # Libraries may share a package, such as paste: a list of files knows better.
    for has in (_lists_file, _lists_module):
        for entry in entries:
            directory = os.path.join(place, entry)
            if has(directory, relative):
                return _name(directory) or entry
    return "the library '%s' in %s" % (relative.split("/")[0], place)


def top(file):
    """Return the name of the package or module that a file is imported as."""
    place = _entry(file)
    if place is None:
        return None
    first = os.path.relpath(file, place).split(os.sep)[0]
    return os.path.splitext(first)[0]


def _entry(file):
    """Return the longest entry of sys.path that contains a file."""
    file = os.path.abspath(paths.native(file))
    entries = [os.path.abspath(entry) for entry in paths.entries(sys.path) if entry]
    above = [entry for entry in entries if file.startswith(entry + os.sep)]
    return max(above, key=len) if above else None


def _lists_file(directory, relative):
    """Tell whether a distribution's list of files has this one."""
    for name in _LISTS:
        for line in _lines(os.path.join(directory, name)):
            path = line.split(",")[0].strip('"')
            # Paths in installed-files.txt are relative to its own directory, in
            # SOURCES.txt to the root of the source, which may have a directory src.
            if path == relative or path.endswith("/" + relative):
                return True
    return False


def _lists_module(directory, relative):
    """Tell whether a distribution's list of top-level modules has this one's."""
    modules = _lines(os.path.join(directory, "top_level.txt"))
    return re.split(r"[/.]", relative)[0] in modules


def _name(directory):
    for name in _METADATA:
        found = {}
        for line in _lines(os.path.join(directory, name)):
            key, colon, value = line.partition(": ")
            if not colon:
                break
            found.setdefault(key, value)
        if "Name" in found and "Version" in found:
            return "%s %s" % (found["Name"], found["Version"])
    return None


def _lines(path):
    if not os.path.isfile(path):
        return []
    with open(path) as file:
        return file.read().splitlines()
