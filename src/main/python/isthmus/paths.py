"""sys.path of a web application: its code, its libraries, and what settings add."""

from __future__ import absolute_import

import os
import sys
import traceback

_LIBRARIES = "lib-python"
_ARCHIVES = (".zip", ".egg", ".whl")
# Entries of sys.path on Jython that are not files.
_CLASSPATH = ("__classpath__", "__pyclasspath__")


def install(web_inf, class_path=()):
    """Put a web application's directories on sys.path.

    WEB-INF/app comes first, so that an application's own modules override those of its
    dependencies, then WEB-INF/lib-python with every zip, egg and .pth file in it, then
    WEB-INF/classes. In a program that embeds its container, ``python`` and
    ``lib-python`` of the class path take the place of the first two.

    If Jython's Lib is in a non-ASCII directory, its entry is unicode, which cannot be
    joined with a path of octets: so first, each entry becomes a native string.

    :param web_inf: the path of WEB-INF as a directory of real files, or None.
    :param class_path: paths of such directories, which end in ``python`` and
        ``lib-python``.
    """
    sys.path[:] = [native(entry) for entry in sys.path]
    ahead = [os.path.join(web_inf, "app")] if web_inf else []
    of_libraries = [os.path.join(web_inf, _LIBRARIES)] if web_inf else []
    for directory in class_path:
        is_libraries = os.path.basename(directory) == _LIBRARIES
        (of_libraries if is_libraries else ahead).append(directory)
    for directory in of_libraries:
        ahead += _libraries(directory)
    if web_inf:
        ahead.append(os.path.join(web_inf, "classes"))
    _prepend([path for path in ahead if _is_there(path)])


def native(text):
    """Return text as a native string (on Python 2, octets), other values unchanged."""
    if isinstance(text, str) or not hasattr(text, "encode"):
        return text
    return text.encode("utf-8")  # the encoding of file names on Jython


def entries(path):
    """Return the text entries of sys.path, or of a package's path, as native strings.

    An application may have added anything.
    """
    path = [native(entry) for entry in path]
    return [entry for entry in path if isinstance(entry, str)]


def place_eggs(temporary):
    """Make pkg_resources extract eggs below the container's own directory.

    By default it uses the home directory, which the user of a server may not have. An
    existing environment variable takes precedence.

    :param temporary: the container's directory for this web application, or None.
    """
    if temporary is not None:
        eggs = os.path.join(temporary, "python-eggs")
        os.environ.setdefault("PYTHON_EGG_CACHE", eggs)


def extend(entries, web_inf):
    """Append entries to sys.path, each once; a relative one is below WEB-INF.

    They come before Jython's own entry for Java packages, which would hide modules of
    the same name. ``*`` stands for what sys.path has without them: entries before it
    come first, each with its archives and .pth files, as WEB-INF/lib-python does.
    """
    entries = list(entries)
    first = entries.index("*") if "*" in entries else 0
    ahead = []
    for entry in entries[:first]:
        entry = _absolute(entry, web_inf)
        ahead += _libraries(entry) or [entry]
    ahead = [path for path in ahead if path.startswith(_CLASSPATH) or _is_there(path)]
    ahead = sorted(set(ahead), key=ahead.index)
    sys.path[:] = ahead + [path for path in sys.path if path not in ahead]
    for entry in entries[first:]:
        if entry == "*":
            continue
        entry = _absolute(entry, web_inf)
        if entry not in sys.path:
            of_java = _CLASSPATH[0] in sys.path
            place = sys.path.index(_CLASSPATH[0]) if of_java else len(sys.path)
            sys.path.insert(place, entry)


def _absolute(entry, web_inf):
    if entry.startswith(_CLASSPATH):
        return entry
    return os.path.abspath(os.path.join(web_inf or "", entry))


def _libraries(directory):
    """Return what a directory of dependencies adds to sys.path, itself included.

    Zips and eggs need no .pth file to be found. Entries that sys.path
    already has are returned, too: a caller may move them.
    """
    if not os.path.isdir(directory):
        return []
    names = sorted(os.listdir(directory))
    before = list(sys.path)
    sys.path.append(directory)
    for name in names:
        if name.endswith(".pth"):
            _add_pth(directory, name)
    added = []
    known = list(before)
    for path in sys.path:
        if path in known:
            known.remove(path)
        elif path not in added:
            added.append(path)
    sys.path[:] = before
    archives = [os.path.join(directory, n) for n in names if n.endswith(_ARCHIVES)]
    return added + [path for path in archives if path not in added]


def _add_pth(sitedir, name):
    """Process a .pth file, as the module ``site`` would.

    Namespace packages come as .pth files. ``site`` itself is not imported here: that
    takes most of a second on Jython, and isthmus.python.site exists to save it.

    :param sitedir: the directory. The lines that setuptools writes for a namespace
        package look for it under this very name in the frame that executes them.
    """
    with open(os.path.join(sitedir, name)) as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.startswith(("import ", "import\t")):
                    exec(line)
                elif line.strip() and not line.startswith("#"):
                    path = os.path.abspath(os.path.join(sitedir, line.strip()))
                    if _is_there(path):
                        sys.path.append(path)
            except Exception:
                sys.stderr.write(
                    "Line %d of %s failed; the lines after it are ignored.\n%s"
                    % (number, os.path.join(sitedir, name), traceback.format_exc())
                )
                break


def _is_there(path):
    """Tell whether a path exists, or may exist inside an archive."""
    while not os.path.exists(path) and os.path.dirname(path) != path:
        path = os.path.dirname(path)
        if os.path.isdir(path):
            return False
    return os.path.exists(path)


def _prepend(paths):
    sys.path[:0] = [path for path in paths if path not in sys.path]
