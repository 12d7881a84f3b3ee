"""Finds the newest releases compatible with each other and with Jython (resolvelib)."""

import resolvelib
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from isthmus_cli import explaining, target

_MAX_ROUNDS = 20000


class Candidate:
    """A release that may be chosen, with the requested extras."""

    def __init__(self, release, extras):
        self.release = release
        self.extras = extras
        self.name = release.name
        self.version = release.version

    def __str__(self):
        return "%s %s" % (self.name, self.version)


def resolve(requirements, releases, pins):
    """Return resolvelib's result: its mapping has a Candidate for each (name, extras).

    :param requirements: the Requirements.
    :param releases: the Releases.
    :param pins: versions, by normalized name, that are preferred if they fit.
    :raises ToolError: there is no solution; it says why.
    """
    provider = _Provider(requirements, releases, pins)
    wanted = [r for r in requirements.wanted if target.admits(r.marker)]
    resolver = resolvelib.Resolver(provider, resolvelib.BaseReporter())
    try:
        return resolver.resolve(wanted, max_rounds=_MAX_ROUNDS)
    except resolvelib.ResolutionImpossible as impossible:
        causes = impossible.causes
    except resolvelib.ResolutionTooDeep as deep:
        raise explaining.too_deep(deep.round_count) from deep
    raise explaining.of(causes, releases, provider.constraint)


class _Provider(resolvelib.AbstractProvider):
    def __init__(self, requirements, releases, pins):
        self._releases = releases
        self._pins = pins
        self._pre = requirements.pre or None
        self._constraints = {}
        for given in requirements.constraints:
            if target.admits(given.marker):
                name = canonicalize_name(given.name)
                self._constraints[name] = self.constraint(name) & given.specifier

    def constraint(self, name):
        """Return the SpecifierSet of the constraints on a name."""
        return self._constraints.get(name, SpecifierSet())

    def identify(self, requirement_or_candidate):
        extras = requirement_or_candidate.extras
        name = canonicalize_name(requirement_or_candidate.name)
        return name, tuple(sorted(canonicalize_name(extra) for extra in extras))

    def get_preference(
        self, identifier, resolutions, candidates, information, backtrack_causes
    ):
        information = list(information[identifier])
        is_cause = any(i in backtrack_causes for i in information)
        is_exact = any(
            specifier.operator in ("==", "===")
            for i in information
            for specifier in i.requirement.specifier
        )
        # Among equals, by name, so that the same question has the same answer.
        return not is_cause, not is_exact, identifier

    def find_matches(self, identifier, requirements, incompatibilities):
        name, extras = identifier
        bounds = self.constraint(name)
        for requirement in requirements[identifier]:
            bounds &= requirement.specifier
        excluded = {c.version for c in incompatibilities[identifier]}

        def matches():
            for release in self._fitting(name, bounds):
                if release.version not in excluded and self._releases.works(release):
                    yield Candidate(release, extras)

        return matches

    def _fitting(self, name, bounds):
        is_exact = any(s.operator in ("==", "===") for s in bounds)
        usable = [
            release
            for release in self._releases.of(name)
            if release.file and (is_exact or not release.is_yanked)
        ]
        by_version = {release.version: release for release in usable}
        # Pre-releases only if requested, or if there is nothing else (PEP 440).
        versions = list(bounds.filter(by_version, prereleases=self._pre))
        pinned = [v for v in versions if v == self._pins.get(name)]
        return [by_version[v] for v in dict.fromkeys(pinned + versions)]

    def is_satisfied_by(self, requirement, candidate):
        return requirement.specifier.contains(candidate.version, prereleases=True)

    def get_dependencies(self, candidate):
        wanted = self._releases.requirements(candidate.release, candidate.extras)
        if candidate.extras:
            # A package with extras is the package in the same version, plus more.
            exact = "%s==%s" % (candidate.name, candidate.version)
            wanted = [Requirement(exact), *wanted]
        return wanted
