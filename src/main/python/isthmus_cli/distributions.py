"""One release of a project as installed on Jython: metadata, files, C extensions."""

import base64
import email.parser
import hashlib
import re

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from isthmus_cli import target
from isthmus_cli.rules import Rule, ToolError

_COMPILED = re.compile(r"\.(so(\.\d+)*|pyd|dll|dylib|o|a|lib|pyc|pyo|class)$")


class Distribution:
    """What a wheel or an sdist installs, and what it requires.

    :ivar metadata: its METADATA or PKG-INFO, an email.message.Message.
    :ivar files: octets by path below WEB-INF/lib-python, including those of .dist-info.
    :ivar compiled: the C extensions that it would have, by their dotted names.
    :ivar is_certain: False if an sdist does not state its requirements.
    """

    def __init__(self, metadata, requires, files, compiled, is_certain=True):
        self.metadata = metadata
        self.files = files
        self.compiled = compiled
        self.is_certain = is_certain
        self._requires = requires

    def requirements(self, extras=()):
        """Return packaging's Requirements, those that apply on Jython.

        :param extras: the requested extras.
        :raises InvalidRequirement: one is malformed.
        """
        found = [_requirement(text) for text in self._requires]
        return [r for r in found if target.admits(r.marker, extras)]

    def malformed(self):
        """Return the malformed one of its requirements, or None."""
        try:
            self.requirements(self._extras())
        except InvalidRequirement as error:
            return str(error).splitlines()[0]
        return None

    def _extras(self):
        return {
            canonicalize_name(e) for e in self.metadata.get_all("Provides-Extra", ())
        }


def headers(path, octets):
    """Parse a METADATA or PKG-INFO, which must have a name and a version."""
    found = email.parser.Parser().parsestr(octets.decode("utf-8", "replace"))
    if not found["Name"] or not found["Version"]:
        raise ToolError(
            Rule.ARCHIVE_DAMAGED, path, "its metadata has no name or version"
        )
    return found


def is_compiled(place):
    """Tell whether a file is specific to one Python on one platform."""
    return bool(_COMPILED.search(place))


def module(place):
    """Return the module that a file is imported as: a/_b.cpython-27mu.so is a._b."""
    directory, _, base = place.rpartition("/")
    name = re.sub(r"module$", "", base.split(".")[0])
    return ".".join([*directory.split("/"), name] if directory else [name])


def digest(octets):
    """Return a sha256 in the format of RECORD."""
    found = base64.urlsafe_b64encode(hashlib.sha256(octets).digest())
    return found.decode("ascii").rstrip("=")


def installed(files, info):
    """Return files plus the RECORD and INSTALLER of this installation.

    :param info: the name of the .dist-info directory.
    """
    files = {**files, info + "/INSTALLER": b"isthmus\n"}
    rows = [
        "%s,sha256=%s,%d" % (_quoted(name), digest(octets), len(octets))
        for name, octets in sorted(files.items())
    ]
    rows.append("%s/RECORD,," % info)
    files[info + "/RECORD"] = ("\n".join(rows) + "\n").encode("utf-8")
    return files


def _quoted(name):
    return '"%s"' % name if "," in name else name


def _requirement(text):
    try:
        return Requirement(text)
    except InvalidRequirement:
        return Requirement(target.without_legacy(text))
