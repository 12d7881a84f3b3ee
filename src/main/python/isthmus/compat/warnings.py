"""_warnings, the C part of CPython's module warnings: Jython has none.

spyne imports warn from there.

Provides a module with the same function, Jython's own.
"""

from __future__ import absolute_import

import sys
import warnings

from isthmus.compat import _lending

# As in CPython.
warn, warn_explicit = warnings.warn, warnings.warn_explicit

_lending.lend_module("_warnings", sys.modules[__name__])
