"""Makes Django's own backends importable without the drivers that they are made for.

isthmus.db takes the place of psycopg2 and sqlite3 while they are imported, and no
longer: other modules look for these names to find out which drivers exist.
"""

from __future__ import absolute_import

import contextlib
import sys
import types


@contextlib.contextmanager
def stand_in(**modules):
    """Make modules importable within a `with` statement, unless they exist.

    :param modules: {name, with `__` for a dot: {name in the module: value}}.
    """
    names = {name.replace("__", "."): found for name, found in modules.items()}
    before = {name: sys.modules.get(name) for name in names}
    for name in sorted(names):
        module = types.ModuleType(name)
        module.__dict__.update(names[name])
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, module)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def ignored(*args, **kwargs):
    """Accept a registration with the missing driver, and ignore it."""
