"""How the modules of isthmus.compat lend: on Jython, and only what it has not got.

Not in the package itself, where a name such as sys is that of one of its modules.
"""

from __future__ import absolute_import

import sys
import types

IS_JYTHON = sys.platform.startswith("java")


def lend_module(name, module):
    """Have ``import name`` find this module, on Jython that has none of that name.

    :param name: of a module of CPython's standard library.
    :param module: what stands in for it.
    """
    if IS_JYTHON:
        try:
            __import__(name, {}, {}, [], 0)
        except ImportError:
            sys.modules[name] = module


def lend_attribute(module, name, value):
    """Give a module an attribute, on Jython whose module has none of that name."""
    if IS_JYTHON and not hasattr(module, name):
        setattr(module, name, value)


def lend_in_place(module, **lent):
    """Have ``import`` find a copy of a module in Java, with these in it, on Jython.

    The module itself is one for all interpreters, and would keep what is lent.

    :param module: one of sys.builtin_module_names.
    """
    if IS_JYTHON:
        copy = types.ModuleType(module.__name__, module.__doc__)
        for name in dir(module):
            # What is of its Java class is among them, and not all of that can be read.
            if not name.startswith("__") and hasattr(module, name):
                setattr(copy, name, getattr(module, name))
        for name in lent:
            setattr(copy, name, lent[name])
        sys.modules[module.__name__] = copy
