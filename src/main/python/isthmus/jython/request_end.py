"""Functions to call when a request has ended, on its thread.

Only then, and not when a request ends that was dispatched from within another.
"""

from __future__ import absolute_import

_register = None


def install(register):
    """Take what Java has for each interpreter.

    :param register: a callable that takes a function
    """
    global _register
    _register = register


def call(function):
    """Have a function called at the end of each request from now on.

    Without a container, as in a program on Jython, there are no requests.
    """
    if _register is not None:
        _register(function)
