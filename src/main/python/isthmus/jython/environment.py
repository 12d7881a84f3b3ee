"""Gives an interpreter its own ``os.environ``: Jython shares one dict among all."""

from __future__ import absolute_import

import os


def install(variables):
    """Copy the environment of the process, before anyone writes to it.

    :param variables: additions, which override it.
    """
    # On Jython a plain dict: child processes get its contents.
    os.environ = dict(os.environ)  # noqa: B003
    os.environ.update(variables)
