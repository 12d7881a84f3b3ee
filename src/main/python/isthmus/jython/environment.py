"""Gives an interpreter an ``os.environ`` of its own: Jython has one dict for all."""

from __future__ import absolute_import

import os


def install(variables):
    """Copy the environment of the process, before anybody writes into it.

    :param variables: what comes to it, and wins.
    """
    # On Jython a plain dict: what a child process gets is what stands in it.
    os.environ = dict(os.environ)  # noqa: B003
    os.environ.update(variables)
