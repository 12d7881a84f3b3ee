"""The libraries of a Python 3 application: found or locked, then installed."""

import tempfile
from collections import defaultdict
from importlib.metadata import distributions
from pathlib import Path

from packaging.pylock import is_valid_pylock_path
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, canonicalize_version

from isthmus_cli import (
    console,
    lock_names,
    lockfile,
    locking,
    project,
    project_requirements,
    uv_sources,
)
from isthmus_cli.cpython import exporting, pip, pylock, releases, side_by_side
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war.libraries import Libraries, advise

# What only the tool that has made a lock can resolve.
_FOR_LOCKS = (Rule.DEPENDENCIES_DYNAMIC, Rule.POETRY_DEPENDENCY)


def find(file, wanted, release, platforms, pins=None):
    """{platform: its pip.Wheels} of a requirements file.

    :param file: the path of the requirements.
    :param wanted: what project_requirements.read has returned for it.
    :param pins: {name: version} of releases to keep if they still fit.
    """
    uv_sources.check(wanted, lambda r: applies(r, release, platforms))
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        words = _stated(file, wanted, Path(place))
        if pins:
            lines = ["%s==%s\n" % pair for pair in sorted(pins.items())]
            kept = Path(place, "kept.txt")
            kept.write_text("".join(lines), encoding="utf-8")
            try:
                more = [*words, "-c", kept]
                return {p: pip.find(release, p, more, wanted) for p in platforms}
            except ToolError:
                # One of them no longer fits.
                console.err().print("Not all locked versions fit: looking again.")
        return {p: pip.find(release, p, words, wanted) for p in platforms}


def applies(requirement, release, platforms):
    """Whether pip looks for a packaging.Requirement, whose marker may exclude it."""
    # pip evaluates markers for this machine, whatever the platform is.
    places = {*platforms, releases.here()} & {*release.files}
    return any(pylock.holds(requirement.marker, release, p) for p in places)


def _stated(file, wanted, place):
    if Path(file).name != project.FILE:
        return ["-r", file]
    lines = place / "requirements.txt"
    text = "".join("%s\n" % requirement for requirement in wanted.wanted)
    lines.write_text(text, encoding="utf-8")
    return ["-r", lines]


def install(file, directory, chosen, release, platforms):
    """Install the libraries of a requirements file, or of a lock as of PEP 751.

    A lock beside the requirements wins, pylock.toml before those of uv and Poetry;
    without one they are resolved now.

    :param directory: a new one.
    :param chosen: names of extras, and of dependency groups.
    :returns: war.libraries.Libraries.
    """
    file = Path(file)
    if is_valid_pylock_path(file):
        return install_locked(file, directory, release, platforms)
    beside = file.with_name(lock_names.PYLOCK)
    wanted = required(file, chosen, beside.exists() or exporting.lock_file(file))
    digest = wanted.digest() if wanted else ""
    lock = pylock.Lock(beside) if beside.exists() else exporting.lock(file, *chosen)
    if lock:
        if wanted is not None:
            lock.check(digest)
        found = {p: lock.select(release, p) for p in platforms}
    else:
        found = find(file, wanted, release, platforms)
        names = {wheel.name for wheels in found.values() for wheel in wheels}
        advise(file, beside, wanted, names)
    return _install(found, release, directory, digest, wanted)


def required(file, chosen, is_locked):
    """The requirements.Requirements of a file; None if only its lock tells them.

    :param chosen: names of extras, and of dependency groups.
    """
    try:
        return project_requirements.read(file, *chosen)
    except ToolError as error:
        if is_locked and error.rule in _FOR_LOCKS:
            return None
        raise


def install_locked(path, directory, release, platforms, wanted=None):
    """Install what a lock as of PEP 751 names, whatever its requirements are now.

    :param directory: a new one.
    :param wanted: requirements.Requirements that name places to fetch from, if any.
    :returns: war.libraries.Libraries.
    """
    lock = pylock.Lock(path)
    found = {p: lock.select(release, p) for p in platforms}
    return _install(found, release, directory, "", wanted)


def _install(found, release, directory, digest, wanted):
    """Install for each platform, and lay the results side by side."""
    if len(found) == 1:
        ((platform, wheels),) = found.items()
        pip.install(release, platform, wheels, directory, wanted)
    else:
        _install_side_by_side(found, release, directory, wanted)
    return _described(found, release, directory, digest)


def _install_side_by_side(found, release, directory, wanted):
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        installed = {platform: Path(place, platform) for platform in found}
        for platform, wheels in found.items():
            pip.install(release, platform, wheels, installed[platform], wanted)
        side_by_side.merge(installed, release, directory)


def _described(found, release, directory, digest):
    """The Libraries, with their dependencies, for the bill of materials.

    What has a wheel for each platform is in the lock once for each.
    """
    installed, needed_by = {}, defaultdict(set)
    for platform in found:
        places = [directory, directory / platform]
        for distribution in distributions(path=list(map(str, places))):
            name = canonicalize_name(distribution.metadata["Name"])
            installed[name, canonicalize_version(distribution.version)] = distribution
            for needed in _needs(distribution, release, platform):
                needed_by[needed].add(name)
    packages = tuple(
        lockfile.Locked(
            w.name,
            w.version,
            w.filename,
            "wheel",
            w.sha256,
            tuple(sorted(needed_by.get(w.name, {locking.ROOT}))),
        )
        for w in sorted({wheel for wheels in found.values() for wheel in wheels})
    )
    # A lock may have another spelling of a version than its wheel.
    described = {
        (p.name, p.version): installed.get((p.name, canonicalize_version(p.version)))
        for p in packages
    }
    return Libraries(directory, lockfile.Lock(digest, packages), described)


def _needs(distribution, release, platform):
    """The names of what it needs on a platform."""
    for text in distribution.requires or ():
        need = Requirement(text)
        if pylock.holds(need.marker, release, platform):
            yield canonicalize_name(need.name)
