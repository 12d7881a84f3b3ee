"""Which files of JavaCPP's CPython a web application needs, and where they go."""

import fnmatch
import re

ROOT = "org/bytedeco/cpython/"
PROGRAM = "bin/python3"

# Tests, programs and their data, what only compilers and installers need.
_DEAD = (
    "*.a",
    "*.exe",
    "*.h",
    "*.pyc",
    "bin/[!p]*",
    "bin/p[!y]*",
    "bin/py[!t]*",
    "bin/python3*",
    "include/*",
    "lib/cmake/*",
    "lib/itcl*",
    "lib/pkgconfig/*",
    "lib/python3*/__phello__*",
    "lib/python3*/config-*",
    "lib/python3*/ensurepip/*",
    "lib/python3*/idlelib/*",
    "lib/python3*/lib-dynload/_test*",
    "lib/python3*/lib-dynload/_tkinter*",
    "lib/python3*/lib-dynload/*xxlimited*",
    "lib/python3*/lib2to3/*",
    "lib/python3*/pydoc_data/*",
    "lib/python3*/site-packages/*",
    "lib/python3*/test/*",
    "lib/python3*/tests/*",
    "lib/python3*/tkinter/*",
    "lib/python3*/turtle*",
    "lib/tcl*",
    "lib/tdbc*",
    "lib/thread*",
    "lib/tk*",
    "libffi.so",
    "libjni*",
    "libs/*",
    "python3*",
    "share/*",
)
_LIBFFI = re.compile(r"(libffi\.(so\.\d+|\d+\.dylib))")
_EXTENSION = re.compile(r"(lib/python3\.\d+/lib-dynload/)_ctypes\.")


def kept(names, platform):
    """{path in the web application's archive: name in the jar}.

    :param names: of the jar's entries.
    """
    prefix = ROOT + platform + "/"
    inner = [n[len(prefix) :] for n in names if n.startswith(prefix)]
    found = {name: prefix + name for name in inner if name and not _is_dead(name)}
    extensions = next(filter(None, map(_EXTENSION.match, inner)), None)
    for name in filter(_LIBFFI.fullmatch, inner):
        # Where _ctypes looks for it: its RUNPATH begins with $ORIGIN.
        found.pop(name)
        if extensions:
            found[extensions.group(1) + name] = prefix + name
    found[PROGRAM] = prefix + PROGRAM
    return found


def is_installers(name):
    """Whether it belongs to pip, which works on the machine that builds."""
    parts = name.split("/")
    has_pip = parts[2:3] == ["ensurepip"] or parts[2:3] == ["site-packages"]
    return parts[0] == "lib" and has_pip and parts[-1] != ""


def _is_dead(name):
    return name.endswith("/") or any(fnmatch.fnmatchcase(name, p) for p in _DEAD)
