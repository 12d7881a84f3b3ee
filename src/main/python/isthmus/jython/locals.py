"""Makes every ``threading.local`` keep its values out of the container's threads.

Those threads outlive web applications, and so would the values in their thread-locals.
"""

from __future__ import absolute_import

import sys
import types

import thread
from java.lang import Object


def install(adopt):
    """Pass each new instance to ``adopt``, before anyone imports :mod:`threading`.

    The module :mod:`thread` is a Java class, which all interpreters share: this one
    gets a module with the same contents.

    :param adopt: a callable that moves the values of a ``thread._local``
    """
    base = thread._local

    class _local(base):
        def __new__(cls, *arguments, **keywords):
            made = base.__new__(cls, *arguments, **keywords)
            adopt(made)
            return made

    module = types.ModuleType("thread", thread.__doc__)
    for name in set(dir(thread)) - set(dir(Object)):
        setattr(module, name, getattr(thread, name))
    module._local = _local
    sys.modules["thread"] = module
