"""Why pip finds no release of a library: no network, no such project, or no wheel."""

import re
import shlex

from packaging.utils import canonicalize_name
from packaging.version import Version

from isthmus_cli import artifacts, locking, projects
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

_ABSENT = re.compile(
    r"Could not find a version that satisfies the requirement (.+?)"
    r"(?: \(from (?!versions)([^)]*)\)+)? \(from versions: ([^)]*)\)"
)
# urllib3's warning, with the exception that was raised.
_UNREACHED = re.compile(r"connection broken by (['\"])(.+)\1: (/\S*)")


def error(output, target, wanted, having):
    """The ToolError for pip's output; None if it is about something else.

    :param output: pip's standard error.
    :param target: the CPython and platform, for messages.
    :param wanted: the requirements.Requirements, or None if all are from a lock.
    :param having: what returns, for a requirement, the versions of other CPythons for
        which there is a wheel of it.
    """
    absent = _ABSENT.search(output)
    if not absent:
        return None
    named, parent, versions = absent.groups()
    unreached = _UNREACHED.search(output)
    if unreached:
        _, reason, path = unreached.groups()
        reason = reason.rpartition(">: ")[2].strip("'\")")
        why = "no index answered the request for %s: %s" % (path, reason)
        return ToolError(Python3Rule.PIP_REFUSED, why)
    needed_by = parent if parent and not parent.startswith("-") else None
    known = [version for version in versions.split(", ") if version != "none"]
    if known:
        newest = "%s==%s" % (_name(named), _newest(known))
        ways = _choices(having(named))
        ways += ["require the newest release that has one, %s" % newest]
        return _wheelless(named, needed_by, target, ", or ".join(ways))
    return _without_releases(named, needed_by, target, wanted, having)


def _newest(versions):
    """The newest version; a pre-release only if there is nothing else."""
    return max(versions, key=lambda v: (not Version(v).is_prerelease, Version(v)))


def _choices(versions):
    """What can be done with the first of some versions of CPython."""
    return ["choose --python %s, for which there is one" % v for v in versions[:1]]


def _without_releases(named, needed_by, target, wanted, having):
    """Ask the indexes whether they have the project, and the others that are wanted."""
    first = canonicalize_name(_name(named))
    names = {} if needed_by or not wanted else _applying(wanted)
    try:
        with locking.downloading(wanted, artifacts.cache() / "python") as (index, _):
            if index.files(first):
                ways = _choices(having(named)) or ["require another library"]
                return _wheelless(named, needed_by, target, ways[0])
            absent = [first, *(n for n in names if n != first and not index.files(n))]
            places = index.places()
    except ToolError as failure:
        if failure.rule is Rule.INDEX_FAILED:
            text = str(failure).partition(": ")[2].partition(". Check ")[0]
            return ToolError(Python3Rule.PIP_REFUSED, text)
        # Of what the tool itself needs to ask them, such as a pip of its own.
        return ToolError(
            Python3Rule.PIP_REFUSED, "no release of '%s' was found" % named
        )
    listed = " or ".join("'%s'" % name for name in absent)
    by = needed_by or locking.ROOT
    return ToolError(Rule.PACKAGE_ABSENT, listed, by, places, projects.meant(absent))


def _wheelless(named, needed_by, target, instead):
    by = needed_by or locking.ROOT
    remedy = instead[0].upper() + instead[1:]
    word = shlex.quote(named)
    return ToolError(Python3Rule.WHEEL_ABSENT, named, by, target, remedy, word)


def _name(requirement):
    return re.match(r"[\w.-]+", requirement).group()


def _applying(wanted):
    """The names of what is wanted on this machine, in their order."""
    applying = [r for r in wanted.wanted if r.marker is None or r.marker.evaluate()]
    return dict.fromkeys(canonicalize_name(r.name) for r in applying)
