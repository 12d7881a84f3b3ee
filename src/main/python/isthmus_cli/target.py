"""How Jython 2.7 appears to the markers, tags and version bounds of Python packaging.

pip evaluates markers for the interpreter that runs it, regardless of `--python-version`
(https://pip.pypa.io/en/stable/cli/pip_download/), so this module replaces it.
"""

import re

from packaging.markers import Marker
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import Tag
from packaging.version import Version

# Jython 2.7.4 has the standard library of CPython 2.7.18, which is what authors mean by
# >=2.7.9, although its own sys.version_info says 2.7.4.
_STANDARD_LIBRARY = Version("2.7.18")
# As Jython 2.7.4 computes them on any machine; sys.platform has the JDK's version after
# "java", and no marker can mean a particular one.
_MARKERS = {
    "implementation_name": "",
    "implementation_version": "0",
    "os_name": "java",
    "platform_machine": "",
    "platform_python_implementation": "Jython",
    "platform_release": "0",
    "platform_system": "Java",
    "platform_version": "0",
    "python_full_version": "2.7.4",
    "python_version": "2.7",
    "sys_platform": "java",
}
# >=2.7.* was common until packaging 22 made it an error (PEP 440 never allowed it).
_LEGACY = re.compile(r"([<>]=?\s*\d+(?:\.\d+)*)\.\*")


def admits(marker, extras=()):
    """Tell whether a Marker, or None, holds on Jython, for any of these extras or none.

    :param extras: the requested extras, as written in the marker.
    """
    if marker is None:
        return True
    marker = Marker(str(marker))
    return any(
        marker.evaluate(dict(_MARKERS, extra=extra)) for extra in ("", *sorted(extras))
    )


def applies(requirement):
    """Tell whether a Requirement is one on Jython."""
    return admits(requirement.marker)


def fits(requires_python):
    """Tell whether a Requires-Python, or None, admits Python 2.7.

    A malformed one admits it, as in pip.
    """
    bounds = specifiers(requires_python or "")
    return bounds is None or bounds.contains(_STANDARD_LIBRARY)


def specifiers(requires_python):
    """Return the SpecifierSet of a Requires-Python, or None if it is malformed."""
    try:
        return SpecifierSet(without_legacy(requires_python))
    except InvalidSpecifier:
        return None


def without_legacy(specifiers):
    """Return version bounds with legacy syntax converted to PEP 440."""
    return _LEGACY.sub(r"\1", specifiers)


def is_pure(tags):
    """Tell whether a wheel's tags say that it is pure Python and runs on 2.7."""
    pure = (Tag(python, "none", "any") for python in ("py2", "py27", "py20", "py26"))
    return any(tag in tags for tag in pure)


def is_cpython(tags):
    """Tell whether a wheel is compiled for CPython 2.7, so its Python half may work."""
    return any(tag.interpreter == "cp27" for tag in tags) or any(
        tag.interpreter in ("py2", "py27") and tag.platform != "any" for tag in tags
    )


def is_for_python3(tags):
    """Tell whether a wheel is only for Python 3, of whatever kind and platform."""
    return all(re.match("(py|cp|pp)3", tag.interpreter) for tag in tags)
