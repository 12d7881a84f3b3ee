"""Keeps the bytecode of the web application's modules out of the web application.

``sys.pycache_prefix`` would do so for all modules, including the standard library's,
whose bytecode exists beside the sources and would be created again.
"""

import os
import sys
from importlib import machinery


def keep_in(directory, roots):
    """Make modules below these directories write their bytecode to another one.

    Bytecode beside the sources is used if it is up to date.
    """
    roots = tuple(os.path.join(os.path.abspath(root), "") for root in roots)

    class Loader(_Loader):
        kept = directory

    kinds = (
        (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
        (Loader, machinery.SOURCE_SUFFIXES),
        (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
    )
    finder = machinery.FileFinder.path_hook(*kinds)

    def hook(path):
        place = os.path.join(os.path.abspath(path), "")
        if not place.startswith(roots):
            raise ImportError("this is not the web application's", path=path)
        return finder(path)

    sys.path_hooks.insert(0, hook)


class _Loader(machinery.SourceFileLoader):
    """Reads and writes bytecode elsewhere (importlib.abc.SourceLoader)."""

    kept = None

    def get_data(self, path):
        if path.endswith(".pyc"):
            try:
                return super().get_data(self._place(path))
            except OSError:
                pass
        return super().get_data(path)

    def set_data(self, path, data, **options):
        super().set_data(self._place(path), data, **options)

    def _place(self, path):
        # Like sys.pycache_prefix: the whole path, below another root.
        return os.path.join(self.kept, os.path.abspath(path).lstrip(os.sep))
