"""Has every ``threading.local`` keep its values out of the container's threads.

Those threads outlive web applications, and so would what lies in their thread-locals.
"""

from __future__ import absolute_import

import thread


def install(adopt):
    """Let ``adopt`` see each new instance, before anybody imports :mod:`threading`.

    :param adopt: a callable that moves the values of a ``thread._local``
    """
    base = thread._local

    class _local(base):
        def __new__(cls, *arguments, **keywords):
            made = base.__new__(cls, *arguments, **keywords)
            adopt(made)
            return made

    thread._local = _local
