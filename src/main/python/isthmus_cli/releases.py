"""The releases of a project: which file of each Jython can use, or why none.

Of a release's files, the first available is used: a pure Python wheel; a CPython 2.7
wheel, without its C extensions; an sdist, unpacked. So the best-described one comes
first.
"""

import dataclasses

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from isthmus.jython import extensions
from isthmus_cli import archives, importable, target
from isthmus_cli.indexes import File
from isthmus_cli.war import compiling

PURE, STRIPPED, SDIST = "wheel", "wheel without its modules in C", "sdist"
KINDS = (PURE, STRIPPED, SDIST)
LIBRARIES = "WEB-INF/lib-python/"
_LANGUAGE = "Programming Language :: Python"
_ONLY_3 = _LANGUAGE + " :: 3 :: Only"
_FOR_3 = "it is for Python 3 only"
_CLASSIFIED_3 = _FOR_3 + ", as its classifiers say"
# Distributions whose name differs from the module that they provide.
_MODULES = {
    "mysqlclient": "MySQLdb",
    "pillow": "PIL",
    "psycopg2-binary": "psycopg2",
    "pycrypto": "Crypto",
    "pycryptodome": "Crypto",
    "pyopenssl": "OpenSSL",
    "pyzmq": "zmq",
    "scikit-learn": "sklearn",
}
_BY_NAME = {canonicalize_name(module): module for module in extensions.KNOWN}


@dataclasses.dataclass
class Release:
    """One version of a project.

    :ivar file: the File that Jython can use, or None.
    :ivar kind: one of KINDS, or None.
    :ivar why_not: why there is no such file, for a message; or None.
    :ivar is_read: True if its file had to be read to find that out.
    """

    name: str
    version: Version
    file: File = None
    kind: str = None
    why_not: str = None
    is_yanked: bool = False
    is_read: bool = False


class Releases:
    """All releases of all projects that are looked up."""

    def __init__(self, index, downloads, requirements):
        """
        :param index: the Index.
        :param downloads: the Downloads.
        :param requirements: the Requirements: hashes and --only-binary are theirs.
        """
        self._index = index
        self._downloads = downloads
        self._requirements = requirements
        self._known = {}
        self._read = {}

    def of(self, name):
        """Return the Releases of a project, newest first; none if it has none."""
        if name not in self._known:
            by_version = {}
            for file in self._index.files(name):
                by_version.setdefault(file.version, []).append(file)
            self._known[name] = [
                self._release(name, version, by_version[version])
                for version in sorted(by_version, reverse=True)
            ]
        return self._known[name]

    def places(self):
        """Return the locations searched, as messages show them."""
        return self._index.places()

    def distribution(self, release):
        """Return (path, sha256, Distribution) of a release's file, which is fetched."""
        key = release.name, release.version
        if key not in self._read:
            path, sha256 = self._downloads.fetch(release.file)
            self._read[key] = path, sha256, archives.read(path)
        return self._read[key]

    def works(self, release):
        """Tell whether Jython can use a release, after reading its file.

        If not, `why_not` has the reason.
        """
        if release.file and not release.is_read:
            release.why_not = _objection(self.distribution(release)[2])
            release.is_read = True
        return release.why_not is None

    def compiles(self, releases):
        """Tell whether Jython can use releases together, after compiling them.

        `why_not` has the reasons for those that it cannot use.

        :raises ToolError: there is no Java, or no Jython.
        """
        found = [(release, self.distribution(release)[2]) for release in releases]
        files = {}
        for _, distribution in found:
            files.update(distribution.files)
        # In the layout of the web application, so that it finds them compiled.
        entries = {LIBRARIES + path: octets for path, octets in files.items()}
        _, offenders = compiling.compile_sources(entries, (LIBRARIES,))
        refused = {o.name[len(LIBRARIES) :]: o.reason for o in offenders}
        for release, distribution in found:
            release.why_not = importable.objection(
                distribution.files, distribution.compiled, refused
            )
        return not any(release.why_not for release in releases)

    def passed_over(self, release):
        """Return the newest release that was ruled out only by reading its file.

        Releases ruled out by their index are no surprise, and left out.
        """
        newer = (r for r in self.of(release.name) if r.version > release.version)
        return next((r for r in newer if r.is_read and r.why_not), None)

    def requirements(self, release, extras):
        """Return what a release requires: declared, and undeclared but imported."""
        found = self.distribution(release)[2]
        wanted = found.requirements(extras)
        named = {release.name, *(canonicalize_name(r.name) for r in wanted)}
        forgotten = importable.undeclared(found.files) - named
        return wanted + [Requirement(name) for name in sorted(forgotten)]

    def _release(self, name, version, files):
        wanted = [file for file in files if self._is_allowed(name, file)]
        release = Release(name, version)
        release.is_yanked = all(file.is_yanked for file in files)
        module = _MODULES.get(name) or _BY_NAME.get(name)
        if module:
            # Some of these import their extension late, so they are known by name.
            release.why_not = "it is a C extension; on Jython use %s" % (
                extensions.KNOWN[module].rstrip(",")
            )
            return release
        fitting = [file for file in wanted if target.fits(file.requires_python)]
        for kind in KINDS:
            usable = [file for file in fitting if _kind(file) == kind]
            if usable:
                release.file, release.kind = min(usable, key=_preference), kind
                return release
        release.why_not = _why_none(files, wanted, fitting)
        return release

    def _is_allowed(self, name, file):
        hashes = self._requirements.hashes.get(name)
        if hashes and (file.sha256 or self._downloads.fetch(file)[1]) not in hashes:
            return False
        wheels_only = self._requirements.only_binary & {name, ":all:"}
        return file.is_wheel or not wheels_only


def _objection(found):
    if not target.fits(found.metadata["Requires-Python"]):
        return "it requires Python %s" % found.metadata["Requires-Python"]
    if _is_classified_3(found.metadata):
        return _CLASSIFIED_3
    malformed = found.malformed()
    if malformed:
        return "its metadata is malformed: %s" % malformed
    return importable.objection(found.files, found.compiled)


def _is_classified_3(metadata):
    """Tell whether the classifiers list only versions of Python 3.

    Python without a version means any; and an author who accepts 2.7, by
    Requires-Python, knows better.
    """
    given = metadata.get_all("Classifier", ())
    if _ONLY_3 in given:
        return True
    if metadata["Requires-Python"] or _LANGUAGE in given:
        return False
    listed = [line.split(" :: ") for line in given if line.startswith(_LANGUAGE)]
    versions = [parts[2] for parts in listed if parts[2][:1].isdigit()]
    return bool(versions) and all(version[0] == "3" for version in versions)


def _kind(file):
    if file.is_wheel:
        if target.is_pure(file.tags):
            return PURE
        return STRIPPED if target.is_cpython(file.tags) else None
    return SDIST


def _is_for_python3(files):
    wheels = [file for file in files if file.is_wheel]
    return bool(wheels) and all(target.is_for_python3(file.tags) for file in wheels)


def _preference(file):
    """Prefer the same file on every machine: Linux's, then by name."""
    name = file.filename
    tests = ("manylinux" not in name, "x86_64" not in name, "cp27mu" not in name)
    return file.is_yanked, *tests, name.endswith(".zip"), name


def _why_none(files, wanted, fitting):
    if not wanted:
        return "none of its files has a --hash of the requirements, or --only-binary"
    if not fitting:
        bounds = sorted({file.requires_python for file in wanted})
        return "it requires Python %s" % " or ".join(bounds)
    if _is_for_python3(files):
        return _FOR_3
    return "it has wheels for other Pythons only, and no sdist"
