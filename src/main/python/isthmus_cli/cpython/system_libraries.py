"""SQLite, xz and bzip2, which JavaCPP's CPython for Linux expects of the system.

They come from wheels for manylinux_2_28 that contain them as shared libraries, and lie
beside the extension modules, whose RUNPATH begins with $ORIGIN. Decision 0030 says why
these wheels.
"""

import zipfile
from typing import NamedTuple

from isthmus_cli.cpython import pip
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError


class Part(NamedTuple):
    """A shared library in a wheel.

    name     the component's, for the bill of materials
    version  its version
    licence  an SPDX identifier, or words
    soname   the file that the extension module asks for
    """

    name: str
    version: str
    licence: str
    soname: str


class Source(NamedTuple):
    """A wheel with shared libraries.

    name      its project
    version   its release
    digests   {(first two numbers of CPython, platform): (file name, SHA-256)}
    parts     its Parts
    """

    name: str
    version: str
    digests: dict
    parts: tuple

    def wheel(self, release, platform):
        """The pip.Wheel for a CPython; None if that needs none."""
        known = self.digests.get((release.feature, platform))
        return known and pip.Wheel(self.name, self.version, known[0], "", known[1])


_LINUX, _ARM = "linux-x86_64", "linux-arm64"
_PYPROJ = "pyproj-3.8.0-%s-manylinux_2_28_%s.whl"
_CYVCF2 = "cyvcf2-0.35.0-%s-manylinux_2_27_%s.manylinux_2_28_%s.whl"
SOURCES = (
    Source(
        "pyproj",
        "3.8.0",
        {
            ("3.13", _LINUX): (
                _PYPROJ % ("cp313-cp313", "x86_64"),
                "01a1601da9c6ad247a12d304f96f9e0b4ddd00b307636341c136442a70c5e218",
            ),
            ("3.12", _LINUX): (
                _PYPROJ % ("cp312-cp312", "x86_64"),
                "6b34cec6bdd66b721980c003cc2a0fce0cab7949444ad037fc2a7ecb6f3b996c",
            ),
            # Its CPython lacks sqlite3; examples/maven-python3 fetches both wheels all
            # the same.
            ("3.12", _ARM): (
                _PYPROJ % ("cp312-cp312", "aarch64"),
                "d8e00ccd9195d9dbb968d490ae9e51c3a59378665506c05e36bfdb6493a38a69",
            ),
        },
        (Part("sqlite", "3.53.4", "blessing", "libsqlite3.so.0"),),
    ),
    Source(
        "cyvcf2",
        "0.35.0",
        {
            ("3.13", _LINUX): (
                _CYVCF2 % ("cp313-cp313", "x86_64", "x86_64"),
                "5f3be0fc527b92dbdfec9676b6ba63b7844207f4a76009f78cafa6a50c93cd4a",
            ),
            ("3.12", _LINUX): (
                _CYVCF2 % ("cp312-cp312", "x86_64", "x86_64"),
                "26a5aa1072d345250c8d85763b6047e2425606abd0caedbfd55e5fc613c40018",
            ),
            ("3.12", _ARM): (
                _CYVCF2 % ("cp312-cp312", "aarch64", "aarch64"),
                "571416d8e573e03a8427fcddd08fa24cbea33157a2177b71cc5de7d51981557d",
            ),
        },
        (
            Part("xz", "5.2.4", "Public Domain", "liblzma.so.5"),
            Part("bzip2", "1.0.6", "bzip2-1.0.6", "libbz2.so.1.0"),
        ),
    ),
)


def wheels(release, platform):
    """The pip.Wheels that a CPython needs."""
    return [wheel for _, wheel in _pairs(release, platform)]


def entries(release, platform):
    """{path in the archive of a CPython: octets} of the shared libraries.

    :raises ToolError: if pip cannot fetch the wheels.
    """
    needed = wheels(release, platform)
    try:
        pip.fetch(release, platform, needed)
    except ToolError as error:
        why = str(error).partition(": ")[2].partition(" See ")[0].rstrip(".")
        named = ", ".join("%s==%s" % (w.name, w.version) for w in needed)
        values = (release.version, platform, named, why)
        raise ToolError(Python3Rule.SYSTEM_LIBRARIES_ABSENT, *values) from error
    found = {}
    for source, wheel in _pairs(release, platform):
        with zipfile.ZipFile(pip.kept(wheel)) as archive:
            for part in source.parts:
                # auditwheel puts a digest into its name: libbz2-a1e77c99.so.1.0.6.
                prefix = "%s.libs/%s-" % (source.name, part.soname.partition(".")[0])
                names = archive.namelist()
                (name,) = [name for name in names if name.startswith(prefix)]
                path = "lib/python%s/lib-dynload/%s" % (release.feature, part.soname)
                found[path] = archive.read(name)
    return found


def components(release, platform):
    """(name, version, licence, wheel) of them, for the bill of materials."""
    return [
        (part.name, part.version, part.licence, wheel.filename)
        for source, wheel in _pairs(release, platform)
        for part in source.parts
    ]


def _pairs(release, platform):
    found = ((source, source.wheel(release, platform)) for source in SOURCES)
    return [(source, wheel) for source, wheel in found if wheel]
