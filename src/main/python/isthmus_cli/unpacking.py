"""Reads a file of an index, wheel or sdist, without running any of it."""

from isthmus_cli import archives, sdists, wheels


def read(path):
    """Return the distributions.Distribution of a file.

    :param path: a pathlib.Path with the file's own name.
    :raises ToolError: it is damaged, or neither a wheel nor an sdist.
    """
    members = archives.read(path)
    form = wheels if path.name.endswith(".whl") else sdists
    return form.read(path, members)
