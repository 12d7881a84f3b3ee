"""Reads an sdist without running its setup.py.

Its packages are next to the .egg-info that setuptools added when it was built, which
lists modules, requirements and entry points. Without one, all importable files count.
"""

import posixpath
import re

from packaging.utils import canonicalize_name

from isthmus_cli import distributions
from isthmus_cli.rules import Rule, ToolError

_C_SOURCE = re.compile(r"\.(c|cc|cpp|cxx|h|hpp|pyx|pxd|pxi)$")
_EXTENSION = re.compile(r"\bExtension\(\s*(?:name\s*=\s*)?['\"]([\w.]+)['\"]")
_INSTALL_REQUIRES = re.compile(r"\binstall_requires\b")
_VERSION = re.compile(rb"^Version:.*\n", re.MULTILINE)
# Next to an sdist's packages, but not packages of the library.
_NOT_PACKAGES = frozenset(
    "benchmark benchmarks bench build conftest demo demos dist distribute_setup doc"
    " docs example examples ext ez_setup fabfile noxfile script scripts setup tasks"
    " test testing tests tools util versioneer".split()
)
_BASES = ("", "src", "lib", "lib2", "python2", "python")
_KEPT = ("entry_points.txt", "top_level.txt", "namespace_packages.txt")


def read(path, members):
    """Return the Distribution of an sdist.

    :param members: octets by name, of the whole archive.
    :raises ToolError: it does not have exactly one directory with a PKG-INFO.
    """
    members = _below_root(path, members)
    metadata = distributions.headers(path, members.get("PKG-INFO", b""))
    info = _egg_info(members, metadata["Name"])
    egg = _below(members, info + "/") if info else {}
    requires = metadata.get_all("Requires-Dist")
    if requires is None:
        requires = _egg_requires(_text(egg, "requires.txt"))
    files, compiled = _sources(members, *_layout(members, info, egg))
    setup = _text(members, "setup.py")
    compiled.update(_EXTENSION.findall(setup))
    # setuptools writes an .egg-info; without one, its arguments are unknown.
    is_certain = bool(info or requires or not _INSTALL_REQUIRES.search(setup))
    name = canonicalize_name(metadata["Name"]).replace("-", "_")
    name = "%s-%s.dist-info" % (name, metadata["Version"])
    files.update(_dist_info(name, members["PKG-INFO"], metadata, requires, egg))
    files = distributions.installed(files, name)
    return distributions.Distribution(metadata, requires, files, compiled, is_certain)


def _below_root(path, members):
    roots = {name.split("/")[0] for name in members if "/" in name}
    if len(roots) != 1:
        raise ToolError(Rule.ARCHIVE_DAMAGED, path, "it is not one directory")
    return _below(members, roots.pop() + "/")


def _below(members, prefix):
    return {n[len(prefix) :]: o for n, o in members.items() if n.startswith(prefix)}


def _text(members, name):
    return members.get(name, b"").decode("utf-8", "replace")


def _egg_info(members, project):
    found = {posixpath.dirname(n) for n in members if n.endswith(".egg-info/PKG-INFO")}
    wanted = canonicalize_name(project)
    own = [f for f in found if canonicalize_name(posixpath.basename(f)[:-9]) == wanted]
    return min(own or found, key=lambda name: (len(name), name), default="")


def _egg_requires(text):
    """Return the requires.txt of an .egg-info as lines of Requires-Dist.

    Its sections are ``[extra]``, ``[:marker]`` and ``[extra:marker]``.
    """
    requires, condition = [], []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("["):
            extra, _, marker = line.strip("[]").partition(":")
            condition = ["(%s)" % marker] if marker else []
            condition += ['extra == "%s"' % extra] if extra else []
        elif line and not line.startswith("#"):
            name, _, own = (part.strip() for part in line.partition(";"))
            parts = ["(%s)" % own] * bool(own) + condition
            requires.append(
                " ; ".join([name, " and ".join(parts)] if parts else [name])
            )
    return requires


def _layout(members, info, egg):
    """Return the directory with an sdist's packages, and their names."""
    listed = _text(egg, "top_level.txt").split()
    # setuptools puts the .egg-info into the package root set by package_dir.
    bases = [posixpath.dirname(info)] if info else []
    for base in [*bases, *_BASES]:
        there = _importable(members, base)
        tops = there & set(listed) if listed else there - _NOT_PACKAGES - set(_BASES)
        if tops:
            return base, tops
    return "", set()


def _importable(members, base):
    below = _below(members, base + "/" if base else "")
    modules = {n[:-3] for n in below if n.endswith(".py") and "/" not in n}
    return modules | {
        n.split("/")[0] for n in below if re.match(r".+/__init__\.py$", n)
    }


def _sources(members, base, tops):
    files, compiled = {}, set()
    for place, octets in _below(members, base + "/" if base else "").items():
        top, slash, _ = place.partition("/")
        if (top if slash else top[: -len(".py")]) not in tops:
            continue
        if distributions.is_compiled(place) or _C_SOURCE.search(place):
            compiled.add(distributions.module(place))
        else:
            files[place] = octets
    return files, compiled


def _dist_info(name, pkg_info, metadata, requires, egg):
    """Return the .dist-info that a wheel of the sdist would have."""
    if requires and "Requires-Dist" not in metadata:
        lines = "".join("Requires-Dist: %s\n" % text for text in requires).encode()
        pkg_info = _VERSION.sub(lambda m: m.group() + lines, pkg_info, count=1)
    files = {"%s/%s" % (name, kept): egg[kept] for kept in _KEPT if kept in egg}
    return {**files, name + "/METADATA": pkg_info}
