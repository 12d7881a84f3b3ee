"""The libraries that uv takes from a place, as [tool.uv.sources] says, not by release.

https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources
"""

from pathlib import Path

from packaging.utils import canonicalize_name

from isthmus_cli import indexes, project
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

# Those of an index have a release.
_PLACES = ("git", "path", "url", "workspace")


def places(path, pyproject):
    """Return {canonical name: its place}.

    :param path: of the pyproject.toml, whose content the other parameter is.
    """
    root = _root(Path(path).absolute().parent)
    found = {}
    # A workspace's sources are those of all members, each of which may have its own.
    for content in (project.load(root / project.FILE) if root else {}, pyproject):
        for name, source in _table(content, "sources").items():
            ways = source if isinstance(source, list) else [source]
            stated = [place for way in ways for place in _place(way)]
            found.pop(canonicalize_name(name), None)
            if stated:
                found[canonicalize_name(name)] = stated[0]
    return found


def check(requirements, applies):
    """Check that pip may look for each of a project's libraries.

    An index may have a stranger's library of the same name.

    :param requirements: requirements.Requirements.
    :param applies: whether pip would look for one of its packaging.Requirements.
    :raises ToolError: uv would take one from a place.
    """
    for requirement in requirements.wanted:
        place = requirements.places.get(canonicalize_name(requirement.name))
        if place and applies(requirement):
            raise ToolError(Python3Rule.UV_SOURCE, requirement.name, place)


def _root(directory):
    """The root of the workspace that a directory is a member of, or None."""
    for root in directory.parents:
        try:
            workspace = _table(project.load(root / project.FILE), "workspace")
        except ToolError:
            # Not of this project, as far as can be seen.
            continue
        members, excluded = (_below(root, workspace, k) for k in ("members", "exclude"))
        if directory in members and directory not in excluded:
            return root
    return None


def _below(root, workspace, key):
    patterns = workspace.get(key)
    texts = [str(text) for text in patterns] if isinstance(patterns, list) else []
    # uv refuses others.
    relative = [text.strip("/") for text in texts if not text.startswith("/")]
    return {path for text in relative for path in _matching(root, text)}


def _matching(root, pattern):
    try:
        return list(root.glob(pattern))
    except (IndexError, NotImplementedError, ValueError):
        # It is no pattern, as "" and "lib**", or is the root itself: ".".
        return []


def _place(source):
    """What a source says, if that is a place."""
    for key in _PLACES:
        if isinstance(source, dict) and source.get(key):
            value = source[key]
            if value is True:
                yield "%s = true" % key
            else:
                yield "%s = '%s'" % (key, indexes.redacted(str(value)))


def _table(pyproject, key):
    """A table below [tool.uv]; empty if there is none."""
    for name in ("tool", "uv", key):
        pyproject = pyproject.get(name)
        if not isinstance(pyproject, dict):
            return {}
    return pyproject
