"""Explains why there is no solution: who requires what, and what would work."""

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from isthmus_cli import projects
from isthmus_cli.rules import Rule, ToolError

# How many releases are tried to find the newest that works; each may be a download.
_MAX_READ = 8


def of(causes, releases, constraint):
    """Return the ToolError for an unsolvable set of requirements.

    :param causes: resolvelib's RequirementInformation.
    :param constraint: returns the SpecifierSet of the constraints on a name.
    """
    alone = [cause for cause in causes if not _is_possible(cause, releases, constraint)]
    cause = min(alone or causes, key=lambda cause: str(cause.requirement))
    name = canonicalize_name(cause.requirement.name)
    known = releases.of(name)
    if not known:
        values = "'%s'" % name, _by(cause), releases.places(), projects.meant([name])
        return ToolError(Rule.PACKAGE_ABSENT, *values)
    if not alone:
        return _conflict(causes, constraint)
    bounds = cause.requirement.specifier & constraint(name)
    asked = [r for r in known if bounds.contains(r.version, prereleases=True)]
    newest = newest_that_works(known, releases)
    found = "the newest that works is %s" % newest.version if newest else "none works"
    if not asked:
        return ToolError(
            Rule.VERSION_ABSENT, "%s%s" % (name, bounds), _by(cause), found
        )
    first = next((r for r in asked if not r.version.is_prerelease), asked[0])
    why = "%s: %s" % (first.version, first.why_not or "it was withdrawn (yanked)")
    return ToolError(
        Rule.NOT_FOR_JYTHON, "%s%s" % (name, bounds), _by(cause), why, found
    )


def too_deep(rounds):
    """Return the ToolError for a search that exceeds its limit."""
    return ToolError(Rule.RESOLUTION_TOO_DEEP, rounds)


def newest_that_works(known, releases):
    """Return the newest final Release that Jython can use, or None."""
    usable = [r for r in known if r.file and not r.is_yanked]
    final = [r for r in usable if not r.version.is_prerelease]
    for release in (final or usable)[:_MAX_READ]:
        if releases.works(release):
            return release
    return None


def _is_possible(cause, releases, constraint):
    name = canonicalize_name(cause.requirement.name)
    bounds = cause.requirement.specifier & constraint(name)
    return any(
        release.file
        and release.why_not is None
        and bounds.contains(release.version, prereleases=True)
        for release in releases.of(name)
    )


def _conflict(causes, constraint):
    demands = set()
    for cause in causes:
        name = canonicalize_name(cause.requirement.name)
        demands.add("%s (needed by %s)" % (cause.requirement, _by(cause)))
        if constraint(name) != SpecifierSet():
            demands.add("%s%s (a constraint)" % (name, constraint(name)))
    return ToolError(Rule.REQUIREMENTS_CONFLICT, "; ".join(sorted(demands)))


def _by(cause):
    return str(cause.parent) if cause.parent else "the requirements"
