"""_warnings, the part of the module warnings that CPython has in C: Jython has none.

spyne imports warn from there.

Answered is a module with the same function, Jython's own.
"""

from __future__ import absolute_import

import sys
import warnings

from isthmus.compat import _lending

# As CPython's has them.
warn, warn_explicit = warnings.warn, warnings.warn_explicit

_lending.lend_module("_warnings", sys.modules[__name__])
