"""The CPythons that a web application can include, and which platform has which.

They are those of JavaCPP (org.bytedeco:cpython on Maven Central): relocatable, and
linked with their own OpenSSL. zlib is the system's; system_libraries has what else they
need. Decision 0018 says why, and why the first one is the default.
"""

import platform
from typing import NamedTuple

from isthmus_cli.artifacts import Artifact
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

# The value of --python for a web application that uses a Python of its server.
NONE = "none"
_OTHERS = {"amd64": "x86_64", "aarch64": "arm64"}
_SYSTEMS = {"darwin": "macosx"}
# {(version, platform): modules that this build alone is without}.
_LACKING = {("3.12.1", "linux-arm64"): ("lzma", "sqlite3")}


class Release(NamedTuple):
    """One version of CPython.

    version    such as 3.13.0
    packaging  JavaCPP's version, which is part of the artifact's
    openssl    the version of the OpenSSL in it
    expat      that of its expat; all of them have mpdecimal 2.5.1
    libffi     that of its libffi, on Linux
    glibc      the oldest that it runs with, on Linux
    files      {platform: (size in octets, SHA-256) of the jar}
    """

    version: str
    packaging: str
    openssl: str
    expat: str
    libffi: str
    glibc: str
    files: dict

    def parts(self, platforms):
        """(name, version, licence) of it, and of what is in it for these platforms."""
        found = [
            ("cpython", self.version, "PSF-2.0"),
            ("openssl", self.openssl, "Apache-2.0"),
            ("expat", self.expat, "MIT"),
            ("mpdecimal", "2.5.1", "BSD-2-Clause"),
        ]
        # That of macOS is the system's.
        if any(name.startswith("linux") for name in platforms):
            found.append(("libffi", self.libffi, "MIT"))
        return tuple(found)

    def lacking(self, platform):
        """The modules that it has on other platforms, and not on this one."""
        return _LACKING.get((self.version, platform), ())

    @property
    def feature(self):
        """The first two numbers, by which bytecode and wheels are named: 3.13."""
        return self.version.rpartition(".")[0]

    def artifact(self, name, admitted=None, beside=()):
        """The Artifact for a platform.

        :param admitted: the admitted.Admitted of the project, or None.
        :param beside: the other platforms of the web application.
        :raises ToolError: if there is none.
        """
        if name not in self.files:
            served = ", ".join(sorted(self.files))
            instead = _instead(name, admitted, beside)
            raise ToolError(
                Python3Rule.PYTHON_PLATFORM_UNSERVED,
                self.version,
                name,
                served,
                instead,
            )
        version = "%s-%s" % (self.version, self.packaging)
        return Artifact("org.bytedeco", "cpython", version, name, *self.files[name])


# The newest of those that run on all Linux systems that vendors still support comes
# first, and is the default.
RELEASES = (
    Release(
        "3.13.0",
        "1.5.11",
        "3.3.2",
        "2.6.3",
        "3.3",
        "2.30",
        {
            "linux-x86_64": (
                25424544,
                "70a2e31fd4bb5d7f34db69ac9d2f785232ea76f3f00c1e115bf73cef3860f4c0",
            ),
            "macosx-arm64": (
                24332241,
                "7ad951d158fcb50d5fc3d485712c700c248ce1c747a64148c7dfda5ec140cf0b",
            ),
            "macosx-x86_64": (
                23602528,
                "1cbcc96b462d8b21924c0fb36fa8e9c1b13e2fab7113fc9e731a33ec86d38824",
            ),
        },
    ),
    Release(
        "3.13.5",
        "1.5.12",
        "3.4.1",
        "2.7.1",
        "3.4.2",
        "2.35",
        {
            "linux-x86_64": (
                25724411,
                "50ad91aa0baa57f0235bb666b87d8bf2a44e215d28c250de1030502906af143b",
            ),
            "macosx-arm64": (
                24590021,
                "b9ccb29cafe9c0f9bf341fa1573ac0f112d3557c13c398115ab91926091fdc0a",
            ),
            "macosx-x86_64": (
                23774433,
                "0c79e881075b8d7752be384a429a8b53d14ba00d939a7d04074deb1b1d3db19c",
            ),
        },
    ),
    Release(
        "3.12.1",
        "1.5.10",
        "3.2.0",
        "2.5.0",
        "3.3",
        "2.30",
        {
            "linux-arm64": (
                24623169,
                "4876e6a9eb45c4e2faf7c9f9ef8cb9f16a462c45c3440d4c2e15e6acc8f4e0df",
            ),
            "linux-x86_64": (
                26004965,
                "a135fcf4dc01adebf7ea439252276fc3196db80f7e0dd3da0b61f1ec489b68bd",
            ),
            "macosx-x86_64": (
                24223432,
                "536045fa9d1b892b5ec2453d3d785eb44daa58ffa246fb04c0e28590283cf0e4",
            ),
        },
    ),
)


def find(named=None, platforms=(), admitted=None):
    """The Release that a version names, or the usual one.

    :param named: such as 3.13.5; or 3.13, or None, for the first one of it that has all
        of the platforms.
    :param admitted: the admitted.Admitted of the project, or None. What is named
        outweighs it.
    :raises ToolError: if there is none.
    """
    fits = [r for r in RELEASES if named in (None, r.version, r.feature)]
    if not fits:
        raise ToolError(Python3Rule.PYTHON_VERSION_UNSERVED, named, known())
    if admitted:
        within = [r for r in fits if admitted.has(r.version)]
        if not within and not named:
            values = admitted.place, admitted.text, known(), fits[0].feature
            raise ToolError(Python3Rule.PYTHON_NOT_ADMITTED, *values)
        fits = within or fits
    whole = [r for r in fits if all(name in r.files for name in platforms)]
    return (whole or fits)[0]


def _instead(platform, admitted, beside):
    """Which version has a platform, and the others, for a message."""
    having = [r for r in RELEASES if platform in r.files]
    if platform.startswith("win"):
        return "workers do not run on Windows: use WSL 2 or a Linux image there"
    if not having:
        return "no other has it"
    others = [r.version for r in having if all(name in r.files for name in beside)]
    if not others:
        one = having[0]
        lacking = sorted(set(beside) - set(one.files))
        values = (one.version, ", ".join(lacking))
        return "%s has it, but not %s: make a WAR for each" % values
    within = [v for v in others if not admitted or admitted.has(v)]
    but = "" if within else ", but %s excludes that" % admitted.place
    return "--python %s has it%s" % ((within or others)[0], but)


def known():
    """The versions, as messages show them."""
    return ", ".join(release.version for release in RELEASES)


def here():
    """This machine's platform, by JavaCPP's name: linux-x86_64."""
    system, machine = platform.system().lower(), platform.machine().lower()
    return "%s-%s" % (_SYSTEMS.get(system, system), _OTHERS.get(machine, machine))
