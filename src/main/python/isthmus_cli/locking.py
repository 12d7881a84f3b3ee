"""Creates a lock from requirements, and checks whether a lock is up to date."""

import contextlib
import pathlib

from packaging.utils import canonicalize_name
from packaging.version import Version

from isthmus_cli import console, pip_settings, remarks, resolving, target, uv_sources
from isthmus_cli.indexes import Index
from isthmus_cli.lockfile import Lock, Locked
from isthmus_cli.releases import Releases
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.web import Downloads, Web

_UNCERTAIN = "its sdist does not say what it requires; name that in the requirements"
# The source of requirements that come only from the user.
ROOT = "the requirements"


def lock(requirements, cache, pins=None):
    """Return the Lock of requirements: for each package, the newest release that works.

    :param requirements: requirements.Requirements.
    :param cache: the directory for fetched files.
    :param pins: versions by name that are kept if they still fit, such as Lock.pins().
    :raises ToolError: there is no solution, or the indexes cannot be reached.
    """
    uv_sources.check(requirements, target.applies)
    with downloading(requirements, cache) as (index, downloads):
        releases = Releases(index, downloads, requirements)
        known = {name: Version(version) for name, version in (pins or {}).items()}
        result = _resolve(requirements, releases, known)
        packages = _locked(result, releases)
    return Lock(requirements.digest(), packages)


def _resolve(requirements, releases, pins):
    """Return resolvelib's result, in which Jython compiles all that matters.

    Releases that it does not compile are skipped, and the search restarts.
    """
    while True:
        with console.err().status("Looking for releases"):
            result = resolving.resolve(requirements, releases, pins)
        chosen = {c.name: c.release for c in result.mapping.values()}
        try:
            if releases.compiles(list(chosen.values())):
                break
        except ToolError as absent:
            console.err().print(Rule.LOCK_NOT_COMPILED.message(absent))
            break
    for name, release in sorted(chosen.items()):
        newer = releases.passed_over(release)
        if newer:
            values = name, release.version, newer.version, newer.why_not
            console.err().print("%s %s is taken, not %s: %s" % values)
    return result


@contextlib.contextmanager
def downloading(requirements, cache):
    """Return the Index and the Downloads for requirements, configured like pip."""
    settings = pip_settings.read(requirements)
    with Web(settings) as web:
        yield Index(settings, web), Downloads(pathlib.Path(cache), web)


def check(lock, path, requirements):
    """Check a Lock against its requirements.

    :param path: the lock's file, for the message.
    :raises ToolError: they have changed since.
    """
    if lock.requirements_digest != requirements.digest():
        raise ToolError(Rule.LOCK_DRIFT, path, _drift(lock.pins(), requirements))


def _drift(pins, requirements):
    for wanted in requirements.wanted:
        if target.admits(wanted.marker):
            pinned = pins.get(canonicalize_name(wanted.name))
            if pinned is None:
                return "it has no %s" % wanted.name
            if not wanted.specifier.contains(pinned, prereleases=True):
                return "it has %s %s, not %s" % (wanted.name, pinned, wanted)
    return "they have changed since"


def _locked(result, releases):
    needed_by = {}
    for name, extras in result.mapping:
        for parent in result.graph.iter_parents((name, extras)):
            by = parent[0] if parent else ROOT
            if by != name:
                needed_by.setdefault(name, set()).add(by)
    packages = {}
    for candidate in result.mapping.values():
        release = candidate.release
        _, sha256, found = releases.distribution(release)
        packages[release.name] = Locked(
            name=release.name,
            version=str(release.version),
            filename=release.file.filename,
            kind=release.kind,
            sha256=sha256,
            needed_by=tuple(sorted(needed_by.get(release.name, ()))),
            remark="; ".join(_remarks(release, found)) or None,
        )
    return tuple(packages[name] for name in sorted(packages))


def _remarks(release, found):
    if not found.is_certain:
        yield _UNCERTAIN
    yield from remarks.of(release.name, release.version, found.files)
