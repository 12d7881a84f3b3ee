"""The output of `isthmus war`: the path in -o, or a file with the project's name."""

import os
from pathlib import Path

from isthmus_cli.rules import Rule, ToolError

SUFFIX = ".war"
_SEPARATORS = tuple(filter(None, [os.sep, os.altsep]))


def archive(named, name, addition):
    """The path of the archive.

    :param named: the value of -o, or None: a file, or an existing directory for it.
    :param name: the project's.
    :param addition: the text between the name and ``.war``.
    :raises ToolError: if there is no such path.
    """
    path = _path(named, name)
    if named is not None and named.endswith(_SEPARATORS) and not path.is_dir():
        raise ToolError(Rule.OUTPUT_UNWRITABLE, named, "there is no such directory")
    if named is not None and path.is_dir() and path.suffix != SUFFIX:
        path /= _file_name(name)
    return path.with_name(_without_suffix(path.name) + addition + SUFFIX)


def directory(named, name, addition, kept):
    """The path of the directory, which replaces an existing one.

    :param kept: directories that must still exist afterwards.
    :raises ToolError: if there is no such path, or one of those is in it.
    """
    path = _path(named, name)
    if path.name in ("", os.pardir):
        path = path.resolve()
    if path.name:
        path = path.with_name(_without_suffix(path.name) + addition)
    inside = [place.resolve() for place in kept if _holds(path, place)]
    if inside or not path.name:
        why = "it would be replaced, and '%s' is in it" % (inside or [path])[0]
        raise ToolError(Rule.OUTPUT_UNWRITABLE, named or path, why)
    return path


def _path(named, name):
    if named == "":
        raise ToolError(Rule.OUTPUT_UNWRITABLE, named, "it is no name")
    return Path(_file_name(name) + SUFFIX if named is None else named)


def _file_name(name):
    if "/" in name or "\\" in name:
        raise ToolError(Rule.NAME_ODD, name, "the WAR could not be named after it")
    return name


def _holds(directory, place):
    directory, place = directory.resolve(), place.resolve()
    return directory in (place, *place.parents)


def _without_suffix(name):
    return name[: -len(SUFFIX)] if name.endswith(SUFFIX) else name
