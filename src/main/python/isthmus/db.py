"""Databases by PEP 249 on Jython, through the container's pools (docs/data.md)."""

from __future__ import absolute_import

from isthmus import rules

if not rules.HAS_JAVA:
    raise rules.refused("DB_ON_CPYTHON", ImportError)

from isthmus.jython.database import *  # noqa: E402, F403
from isthmus.jython.database import __all__  # noqa: E402, F401
