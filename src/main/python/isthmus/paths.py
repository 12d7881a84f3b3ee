"""sys.path of a web application: its code, its libraries, and what settings add."""
import os
import site
import sys


def install(web_inf):
    """Put a web application's directories on sys.path.

    WEB-INF/app comes first, so that an application's own modules win over those of its
    dependencies, then WEB-INF/lib-python with every zip, egg and .pth file in it, then
    WEB-INF/classes.

    :param web_inf: the path of WEB-INF as a directory of real files, or None.
    """
    if web_inf is None:
        return
    ahead = [os.path.join(web_inf, "app")]
    ahead += _libraries(os.path.join(web_inf, "lib-python"))
    ahead.append(os.path.join(web_inf, "classes"))
    _prepend([path for path in ahead if os.path.exists(path)])


def extend(entries):
    """Append further entries to sys.path, each once."""
    for entry in entries:
        if entry not in sys.path:
            sys.path.append(entry)


def _libraries(directory):
    """Return what a directory of dependencies adds to sys.path, itself included.

    site.addsitedir, and not sys.path alone, because namespace packages come as .pth
    files. A zip or an egg needs no .pth file to be found.
    """
    if not os.path.isdir(directory):
        return []
    before = list(sys.path)
    site.addsitedir(directory)
    added = [path for path in sys.path if path not in before]
    sys.path[:] = before
    archives = [
        os.path.join(directory, name)
        for name in sorted(os.listdir(directory))
        if name.endswith((".zip", ".egg", ".whl"))
    ]
    return added + [path for path in archives if path not in added]


def _prepend(paths):
    sys.path[:0] = [path for path in paths if path not in sys.path]
