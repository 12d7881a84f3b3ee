"""How the modules of isthmus.compat lend: only on Jython, and only what it lacks.

Not in the package itself, where a name such as sys would mean one of its modules.
"""

from __future__ import absolute_import

import sys
import types

IS_JYTHON = sys.platform.startswith("java")


def lend_module(name, module):
    """Make ``import name`` find this module, on a Jython that has none of that name.

    :param name: of a module of CPython's standard library.
    :param module: its substitute.
    """
    if IS_JYTHON:
        try:
            __import__(name, {}, {}, [], 0)
        except ImportError:
            sys.modules[name] = module


def lend_attribute(module, name, value):
    """Give a module an attribute, on a Jython whose module lacks it."""
    if IS_JYTHON and not hasattr(module, name):
        setattr(module, name, value)


def lend_in_place(module, **lent):
    """Make ``import`` find a copy of a Java module with additions, on Jython.

    All interpreters share the module itself, so it would keep what is lent.

    :param module: one of sys.builtin_module_names.
    """
    if IS_JYTHON:
        copy = types.ModuleType(module.__name__, module.__doc__)
        for name in dir(module):
            # This includes attributes of its Java class, and not all of them are
            # readable.
            if not name.startswith("__") and hasattr(module, name):
                setattr(copy, name, getattr(module, name))
        for name in lent:
            setattr(copy, name, lent[name])
        sys.modules[module.__name__] = copy
