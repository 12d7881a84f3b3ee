"""Gives an interpreter the ``__main__`` of a web application: an empty module.

An embedded CPython has one (Py_Initialize), so mod_wsgi has; ``inspect.getmodule`` and
with it ``inspect.stack`` end in a KeyError without it. It has no ``__file__``, and
``sys.argv`` no name: there is no program.
"""

from __future__ import absolute_import

import sys
import types


def install():
    """Replace ``sys.modules['__main__']`` and the contents of ``sys.argv``."""
    sys.modules["__main__"] = types.ModuleType("__main__")
    sys.argv[:] = [""]
