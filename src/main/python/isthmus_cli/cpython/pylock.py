"""The lock of a Python 3 application: pylock.toml, as PEP 751 says."""

import contextlib
import json
import os
import urllib.parse
import urllib.request
from collections import defaultdict
from pathlib import Path

from packaging.markers import Marker
from packaging.pylock import PackageWheel as LockedWheel
from packaging.pylock import Pylock, PylockSelectError, PylockValidationError

from isthmus_cli import indexes, project
from isthmus_cli.cpython import releases, targets
from isthmus_cli.cpython.pip import Wheel
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

_TOOL = "isthmus"
_HEAD = "# For WEB-INF/lib-python. `isthmus lock` made this; do not edit it.\n"


def write(path, release, found, digest):
    """Write a lock, completely or not at all.

    :param release: the releases.Release that it is for.
    :param found: {platform: its pip.Wheels}.
    :param digest: of the requirements.
    """
    path = Path(path)
    part = path.with_name("%s.%d.part" % (path.name, os.getpid()))
    try:
        whole = text(release, found, digest, path.absolute().parent)
        part.write_text(whole, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise ToolError(Rule.OUTPUT_UNWRITABLE, path, error.strerror) from error
    finally:
        # On a read-only disk this fails, too.
        with contextlib.suppress(OSError):
            part.unlink()


def text(release, found, digest, directory):
    """The text of a lock in a directory: see `write`."""
    packages = defaultdict(dict)
    for platform, wheels in found.items():
        for wheel in wheels:
            packages[wheel.name, wheel.version].setdefault(wheel, []).append(platform)
    lines = [_HEAD, _pair("lock-version", "1.0"), _pair("created-by", _TOOL)]
    lines.append(_pair("requires-python", "==%s.*" % release.feature))
    for name, version in sorted(packages):
        wheels = packages[name, version]
        lines += ["\n[[packages]]\n", _pair("name", name), _pair("version", version)]
        places = {platform for every in wheels.values() for platform in every}
        if places != set(found):
            markers = sorted(targets.marker(release, place) for place in places)
            lines.append(_pair("marker", " or ".join(markers)))
        for wheel in sorted(wheels):
            lines += ["\n[[packages.wheels]]\n", _pair("name", wheel.filename)]
            lines.append(_pair(*_place(wheel.url, directory)))
            lines.append('hashes = {sha256 = "%s"}\n' % wheel.sha256)
    lines.append("\n[tool.%s]\n" % _TOOL)
    lines.append(_pair("python", release.version))
    lines.append("platforms = %s\n" % json.dumps(sorted(found)))
    lines.append(_pair("requirements", "sha256:" + digest))
    return "".join(lines)


def _place(url, directory):
    """A wheel's key and value: a path if it is below the lock's directory.

    So it is found in a copy of the project elsewhere.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "file":
        path = Path(urllib.request.url2pathname(parts.path))
        if directory in path.parents:
            return "path", path.relative_to(directory).as_posix()
    return "url", url


def _pair(key, value):
    # A basic string of TOML is what JSON has, if it is ASCII.
    return "%s = %s\n" % (key, json.dumps(value))


class Lock:
    """A lock that has been read: isthmus's own, or another tool's."""

    def __init__(self, path):
        """
        :raises ToolError: there is none, or it is malformed.
        """
        self.path = Path(path)
        if not self.path.is_file():
            raise ToolError(Rule.LOCK_ABSENT, path)
        content = project.load(self.path)
        try:
            self._pylock = Pylock.from_dict(content)
        except PylockValidationError as error:
            raise ToolError(Python3Rule.PYLOCK_MALFORMED, path, error) from error
        tool = content.get("tool", {}).get(_TOOL, {})
        self._digest = str(tool.get("requirements", "")).partition(":")[2]

    def pins(self):
        """The versions by name."""
        return {p.name: str(p.version) for p in self._pylock.packages if p.version}

    def check(self, digest):
        """
        :raises ToolError: it was made from other requirements; only its own are known.
        """
        if self._digest and self._digest != digest:
            raise ToolError(Python3Rule.PYLOCK_DRIFT, self.path)

    def select(self, release, platform):
        """The Wheels for a platform.

        :raises ToolError: it has none for that, or something that is not a wheel.
        """
        try:
            chosen = self._select(release, platform)
        except PylockSelectError as error:
            target = "%s on %s: %s" % (release.version, platform, error)
            other = self._other(platform)
            raise ToolError(
                Python3Rule.PYLOCK_UNFIT, self.path, target, other
            ) from error
        return [self._wheel(package, file, platform) for package, file in chosen]

    def _select(self, release, platform):
        environment = targets.environment(release, platform)
        tags = list(targets.tags(release, platform))
        return list(self._pylock.select(environment=environment, tags=tags))

    def _other(self, platform):
        """The remedy by a CPython that the lock does fit, if there is one."""
        for release in releases.RELEASES:
            if platform not in release.files:
                continue
            with contextlib.suppress(PylockSelectError):
                chosen = self._select(release, platform)
                if all(isinstance(file, LockedWheel) for _, file in chosen):
                    text = ", or choose the CPython that it fits: --python %s"
                    return text % release.version
        # Another tool's lock has no digest.
        return " (`isthmus lock --platform %s`)" % platform if self._digest else ""

    def _wheel(self, package, file, platform):
        if package.wheels and not isinstance(file, LockedWheel):
            why = "%s has no wheel for this target, only an sdist" % package.name
            other = self._other(platform)
            raise ToolError(Python3Rule.PYLOCK_UNFIT, self.path, why, other)
        if not isinstance(file, LockedWheel):
            form = "%s '%s'" % _form(package, file)
            values = self.path, package.name, form
            raise ToolError(Python3Rule.LOCKED_WITHOUT_WHEEL, *values)
        sha256 = file.hashes.get("sha256")
        if sha256 is None:
            why = "%s has no SHA-256" % file.filename
            raise ToolError(Python3Rule.PYLOCK_UNFIT, self.path, why, "")
        version = str(package.version or file.filename.split("-")[1])
        url = file.url or ""
        if file.path:
            url = (self.path.absolute().parent / file.path).as_uri()
        return Wheel(package.name, version, file.filename, url, sha256)


def _form(package, file):
    """What a lock has of a package instead of a wheel: a word, and its place."""
    if package.directory:
        return "the directory", file.path
    if package.sdist is file:
        return "only the sdist", file.filename
    word = "the repository" if package.vcs else "the archive"
    return word, indexes.redacted(file.url or file.path)


def holds(marker, release, platform):
    """Whether the marker of a requirement holds on a platform, without any extra."""
    values = {**targets.environment(release, platform), "extra": ""}
    return marker is None or Marker(str(marker)).evaluate(values)
