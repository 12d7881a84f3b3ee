"""Lets pip, run by the CPython of a web application, find and install its libraries.

`pip lock` has no options for another platform and is experimental (pip 26.3), so
releases are found by `pip install --dry-run --report`, whose format is stable:
https://pip.pypa.io/en/stable/reference/installation-report/
"""

import functools
import json
import os
import re
import shlex
import shutil
import tempfile
import urllib.parse
from pathlib import Path
from typing import NamedTuple

from isthmus_cli import artifacts, console
from isthmus_cli.cpython import releases, running, runtime, targets, unfound
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

_QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")
# Lines of requirements files for Wheels.
_BY_VERSION = "{0.name}=={0.version} --hash=sha256:{0.sha256}\n"
_BY_URL = "{0.name} @ {0.url} --hash=sha256:{0.sha256}\n"
_NOT_FOUND = (Rule.PACKAGE_ABSENT, Python3Rule.WHEEL_ABSENT)
# What it lists, such as the requirements without a hash, follows in indented lines.
_ERROR = re.compile(r"(?m)^ERROR: (.+(?:\n[ \t]+\S.*)*)")


class Wheel(NamedTuple):
    """A file that pip has chosen."""

    name: str
    version: str
    filename: str
    url: str
    sha256: str


def find(release, platform, words, wanted):
    """The Wheels that requirements resolve to on a platform.

    :param words: pip's options and arguments that state the requirements.
    :param wanted: these, as a requirements.Requirements.
    :raises ToolError: if there is no solution, or a wheel is missing.
    """
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        report = Path(place, "report.json")
        more = ["--dry-run", "--ignore-installed", "--report", report]
        with console.err().status("Looking for wheels for %s" % platform):
            words = [*more, "--target", place, *words]
            _run(release, platform, "install", words, wanted)
        found = json.loads(report.read_text("utf-8"))["install"]
    return sorted(_wheel(item) for item in found)


def install(release, platform, wheels, directory, stated=None):
    """Install Wheels into a directory, which must not exist, without scripts.

    :param stated: as for `fetch`.
    :raises ToolError: if one cannot be fetched, or differs from what is locked.
    """
    fetch(release, platform, wheels, stated)
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        directory.mkdir(parents=True)
        if wheels:
            words = ["--no-index", "--no-compile", "--require-hashes"]
            file = Path(place, "all.txt")
            _write(file, _lines(_BY_VERSION, wheels))
            words += ["-r", file, "--target", directory]
            for wheel in wheels:
                words += ["--find-links", kept(wheel).parent]
            _run(release, platform, "install", words)
            _remove_scripts(directory)


def fetch(release, platform, wheels, stated=None):
    """Fetch Wheels into the tool's cache, unless they are there.

    :param stated: the requirements.Requirements, which may name places of their own.
    :raises ToolError: if one cannot be fetched, or differs from what is locked.
    """
    missing = [wheel for wheel in wheels if not _is_kept(wheel)]
    if not missing:
        return
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        with console.err().status("Fetching wheels for %s" % platform):
            fetched = _download(release, platform, missing, stated, Path(place))
        for wheel in missing:
            _keep(wheel, fetched)


def _download(release, platform, wheels, stated, place):
    """Download Wheels into a new directory below a place; return that directory.

    What pip is configured with comes first: it may be a mirror, for a machine that
    cannot reach the URLs in a lock (PEP 751). These serve where no index has a wheel.
    """
    fetched, file = place / "fetched", place / "missing.txt"
    words = ["--require-hashes", "-r", file, "--dest", fetched]
    places = _places(stated) if stated else ""
    _write(file, places + _lines(_BY_VERSION, wheels))
    try:
        _run(release, platform, "download", words, stated)
    except ToolError as absent:
        if absent.rule not in _NOT_FOUND or not all(wheel.url for wheel in wheels):
            raise
        _write(file, places + _lines(_BY_URL, wheels))
        try:
            _run(release, platform, "download", words)
        except ToolError:
            # What it says can be done: add an index, or require another release.
            raise absent from None
    return fetched


def _places(stated):
    """The options of a requirements file for indexes and directories, as its lines.

    They may contain a password, which pip's command line would show to all users.
    """
    pairs = [("--index-url", stated.index_url)] if stated.index_url else []
    pairs += [("--extra-index-url", url) for url in stated.extra_index_urls]
    pairs += [("--find-links", _absolute(place)) for place in stated.find_links]
    pairs += [("--trusted-host", host) for host in stated.trusted_hosts]
    lines = ["%s %s\n" % (option, shlex.quote(value)) for option, value in pairs]
    return "".join(lines) + ("--no-index\n" if stated.no_index else "")


def _absolute(place):
    """A directory's path, for a file that is elsewhere; a URL as it is."""
    return os.path.abspath(place) if os.path.exists(place) else place


def kept(wheel):
    """The path, in the tool's cache, of a Wheel that has been fetched."""
    return artifacts.cache() / "wheels" / wheel.sha256 / wheel.filename


def _is_kept(wheel):
    path = kept(wheel)
    return path.is_file() and artifacts.digest(path) == wheel.sha256


def _keep(wheel, directory):
    # An index may spell the name in another way; the digest is right.
    places = [directory / wheel.filename, *directory.glob("*.whl")]
    for path in places:
        if path.is_file() and artifacts.digest(path) == wheel.sha256:
            artifacts.keep(path.read_bytes(), kept(wheel))
            return
    raise ToolError(
        Python3Rule.PYLOCK_UNFIT, wheel.filename, "pip fetched another file", ""
    )


def _write(path, text):
    """Write a requirements file, in a directory that is this user's alone."""
    # Without a byte order mark, pip takes the locale's encoding.
    path.write_text(text, encoding="utf-8-sig")


def _lines(form, wheels):
    return "".join(form.format(wheel) for wheel in wheels)


def _wheel(item):
    download = item["download_info"]
    url = urllib.parse.urlsplit(download["url"])
    # Without a user's name and password.
    address = url._replace(netloc=url.netloc.rpartition("@")[2], fragment="").geturl()
    filename = urllib.parse.unquote(url.path.rpartition("/")[2])
    metadata = item["metadata"]
    name = re.sub(r"[-_.]+", "-", metadata["name"]).lower()
    sha256 = download["archive_info"]["hashes"]["sha256"]
    return Wheel(name, metadata["version"], filename, address, sha256)


def _run(release, platform, command, words, wanted=None):
    """Run a pip command that chooses files."""
    line = [runtime.program(release), "-s", "-m", "pip", command, *_QUIET]
    if command == "install" and "--dry-run" not in words or command == "download":
        line.append("--no-deps")
    done = running.run([*line, *_target(release, platform), *words])
    if done.returncode != 0:
        target = "CPython %s on %s" % (release.feature, platform)
        having = functools.partial(_having, release, platform, wanted)
        error = unfound.error(done.stderr, target, wanted, having)
        raise error or _refused(done.stderr)


def _target(release, platform):
    """The options for wheels that run there."""
    yield "--only-binary=:all:"
    yield "--implementation=cp"
    yield "--python-version=" + release.version
    for name in targets.platforms(release, platform):
        yield "--platform=" + name


def _having(release, platform, wanted, requirement):
    """The versions of the other CPythons for which there is a wheel of a requirement.

    :param wanted: the requirements.Requirements that name places, or None.
    """
    others = [r for r in releases.RELEASES if r != release and platform in r.files]
    line = [runtime.program(release), "-s", "-m", "pip", "install", *_QUIET]
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        file = Path(place, "one.txt")
        _write(file, (_places(wanted) if wanted else "") + requirement + "\n")
        line += ["--dry-run", "--ignore-installed", "--no-deps", "--target", place]
        line += ["-r", file]
        ran = [(r, running.run([*line, *_target(r, platform)])) for r in others]
    return [other.version for other, done in ran if done.returncode == 0]


def _refused(output):
    errors = [" ".join(error.split()) for error in _ERROR.findall(output)]
    message = " / ".join(errors) if errors else running.last_lines(output)
    return ToolError(Python3Rule.PIP_REFUSED, message)


def _remove_scripts(directory):
    """Remove programs, whose first line has a path of this machine."""
    shutil.rmtree(directory / "bin", ignore_errors=True)
    for record in directory.glob("*.dist-info/RECORD"):
        lines = record.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("../../bin/", "bin/"))]
        record.write_text("".join(kept), encoding="utf-8")


def is_for_here(platform):
    """Whether markers, which pip evaluates for this machine, are right for another."""
    system = platform.partition("-")[0]
    return system == releases.here().partition("-")[0] and os.name == "posix"
