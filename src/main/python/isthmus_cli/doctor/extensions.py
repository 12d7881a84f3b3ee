"""Checks the C extensions of a Python 3 web application, and runs none of them.

Can the CPython in it import each of them on all its platforms, and what do they need
from the server's system? Like `ldd`, but for any platform.
"""

import io
import platform
import re
import zipfile
from collections import defaultdict
from pathlib import PurePosixPath

from isthmus_cli.cpython import releases
from isthmus_cli.doctor import elf, mach_o
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import APP, CPYTHON, DAMAGED, LIB_PYTHON

_OWN = (APP, LIB_PYTHON)
_LIBRARY = re.compile(r"lib/python(3\.\d+)/")
# PEP 3149, PEP 384: _c.cpython-313-x86_64-linux-gnu.so, _c.abi3.so, _c.so.
_EXTENSION = re.compile(r"([^.]+)(?:\.(cpython-(\d)(\d+)|abi3)[\w-]*)?\.so")
# Of a platform's libraries: cpython.side_by_side.
FOLDER = re.compile(r"(?<=^WEB-INF/lib-python/)(linux|macosx)-\w+/")
_SYSTEMS = ("linux", "macosx")
# What wheels for manylinux may expect (PEP 600), as far as servers have it.
_EVERYWHERE = re.compile(
    r"(ld-linux.*|lib(c|crypt|dl|gcc_s|m|nsl|pthread|resolv|rt|stdc\+\+|util|z))\.so\.\d"
)


def check(app):
    """Yield the Findings of a WebApp."""
    bundled = {
        n: BundledPython(app, n) for n in app.platforms if n.startswith(_SYSTEMS)
    }
    bundled = {name: one for name, one in bundled.items() if one.feature}
    if not bundled:
        return
    names = [n for n in app.names if n.startswith(_OWN) and ".so" in n]
    files = {name: _seen(app.read(name)) for name in names}
    yield from _unfit(files, bundled)
    linux = {n: one for n, one in bundled.items() if n.startswith("linux")}
    objects = {name: seen for name, (_, seen) in files.items()}
    objects = {n: o for n, o in objects.items() if o and o.platform in linux}
    yield from _lacking(objects, linux)
    for name, one in linux.items():
        own = [n for n, o in objects.items() if o.platform == name]
        first = max(own, key=lambda n: objects[n].glibc, default=None)
        if first and objects[first].glibc > one.glibc:
            needs = "glibc " + _dotted(objects[first].glibc)
            why = "is newer than the %s that CPython needs" % _dotted(one.glibc)
            yield found(Sign.SYSTEM_LACKS, first, needs, why)


def on_this_machine(app):
    """Yield the Findings of a WebApp for this machine."""
    here = releases.here()
    kind, version = platform.libc_ver()
    if here not in app.platforms or kind != "glibc":
        return
    needed = BundledPython(app, here).glibc
    if tuple(map(int, version.split(".")[:2])) < needed:
        what = "The CPython for %s" % here
        why = "this machine, with %s, does not have" % version
        yield found(Sign.SYSTEM_LACKS, what, "glibc " + _dotted(needed), why)


class BundledPython:
    """The CPython of a web application for one platform.

    :ivar feature: such as "3.13"; None if the archive cannot be read.
    :ivar glibc: the oldest that it runs with, such as (2, 30).
    :ivar names: of the shared libraries in it.
    """

    def __init__(self, app, name):
        self.feature, self.glibc, self.names = None, (0, 0), set()
        octets = io.BytesIO(app.read("%s%s.zip" % (CPYTHON, name)))
        try:
            with zipfile.ZipFile(octets) as archive:
                self._look(archive)
        except DAMAGED:
            self.feature = None

    def _look(self, archive):
        for entry in archive.namelist():
            of_feature = _LIBRARY.match(entry)
            self.feature = of_feature.group(1) if of_feature else self.feature
            if ".so" in PurePosixPath(entry).name or entry.startswith("bin/"):
                self.names.add(PurePosixPath(entry).name)
                seen = elf.read(archive.read(entry))
                self.glibc = max(self.glibc, seen.glibc if seen else (0, 0))


def _seen(octets):
    """What a file's header says: (platforms or None, SharedObject or None)."""
    shared = elf.read(octets)
    return (shared.platform,) if shared else mach_o.platforms(octets), shared


def _unfit(files, bundled):
    """Yield a Finding for each module that a platform's CPython cannot import."""
    modules = defaultdict(dict)
    for name, (platforms, _) in files.items():
        parts = _EXTENSION.fullmatch(PurePosixPath(name).name)
        # lib*.so are linked with, and not imported.
        if parts and not parts.group(1).startswith("lib"):
            path = FOLDER.sub("", name)
            module = PurePosixPath(path).with_name(parts.group(1))
            modules[module][name] = parts, platforms
    whys = {
        module: {
            name: [_why(*variant, name, one) for variant in variants.values()]
            for name, one in bundled.items()
        }
        for module, variants in modules.items()
    }
    fits = {m: {name for name in whys[m] if not all(whys[m][name])} for m in whys}
    for module, variants in modules.items():
        for name, one in bundled.items():
            if name not in fits[module] and not _is_others(module, name, fits):
                first = next(iter(variants))
                reasons = " and ".join(dict.fromkeys(whys[module][name]))
                yield found(Sign.EXTENSION_UNFIT, first, one.feature, name, reasons)


def _is_others(module, name, fits):
    """Whether a module is for other platforms only, and one beside it is for this one.

    As psutil's _psutil_linux and _psutil_osx are.
    """
    return bool(fits[module]) and any(
        name in those and fits[module].isdisjoint(those)
        for other, those in fits.items()
        if other.parent == module.parent
    )


def _why(parts, platforms, name, one):
    """Why a file is not for a platform's CPython; None if it is."""
    if parts.group(3):
        feature = "%s.%s" % parts.group(3, 4)
        if feature != one.feature:
            return "CPython " + feature
    if platforms is None or name in platforms:
        return None
    return " and ".join(filter(None, platforms)) or "another processor"


def _lacking(objects, linux):
    """Yield a Finding for each directory that needs libraries not every Linux has."""
    inside = {PurePosixPath(name).name for name in objects}
    wanted = defaultdict(set)
    for name, seen in objects.items():
        for library in seen.needed:
            is_inside = library in inside or library in linux[seen.platform].names
            if not is_inside and not _EVERYWHERE.fullmatch(library):
                # WEB-INF/lib-python/cv2, or a file there.
                wanted["/".join(name.split("/")[:3])].add(library)
    for place, libraries in sorted(wanted.items()):
        why = "the web application does not contain"
        yield found(Sign.SYSTEM_LACKS, place, ", ".join(sorted(libraries)), why)


def _dotted(version):
    return ".".join(map(str, version))
