"""Modules that a directory of the same name hides from Jython's import.

Mercurial has mercurial/help.py and, beside it, texts in mercurial/help/. CPython finds
the module, as a directory without __init__.py is not a package; Jython 2.7 finds
neither.

Provides the module, compiled at each start. In an archive it stays hidden.
"""

from __future__ import absolute_import

import os
import sys

from isthmus.compat import _lending


class _BesideDirectories(object):
    """An importer for sys.meta_path (PEP 302), which is asked before sys.path."""

    def find_module(self, name, path=None):
        last = name.split(".")[-1]
        for entry in sys.path if path is None else path:
            # Written out: any import here would come back to this importer.
            if not isinstance(entry, (str, type(u""))):
                continue
            place = os.path.join(entry, last)
            if os.path.isfile(entry) or _is_package(place):
                return None
            if os.path.isfile(place + ".py"):
                return _Source(place + ".py") if os.path.isdir(place) else None
        return None


class _Source(object):
    def __init__(self, path):
        self._path = path

    def load_module(self, name):
        # Not at the top: CPython 3.12 has removed it.
        import imp

        return imp.load_source(name, self._path)


def _is_package(directory):
    names = ("__init__.py", "__init__$py.class")
    return any(os.path.isfile(os.path.join(directory, name)) for name in names)


if _lending.IS_JYTHON:
    sys.meta_path.append(_BesideDirectories())
