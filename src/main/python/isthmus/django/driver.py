"""Lets Django's own backends be imported without the drivers that they are made for.

What they need of psycopg2 and sqlite3 at their import is replaced by isthmus.db, for
the time of the import alone: other modules look for these names to learn what there is.
"""

from __future__ import absolute_import

import contextlib
import sys
import types


@contextlib.contextmanager
def stand_in(**modules):
    """Have these be importable within a `with` statement, unless they are there.

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
    """Register something with the driver that is not there."""
