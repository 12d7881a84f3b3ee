"""Calls functions when a request has ended, on its thread.

The end of a request that was dispatched from within another does not count.
"""

from __future__ import absolute_import

_register = None


def install(register):
    """Set what registers a function with Java, which has a list for each interpreter.

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
