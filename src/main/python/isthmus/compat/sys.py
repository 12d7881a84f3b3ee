"""sys.api_version, the version of CPython's C API: Jython has none.

Werkzeug's test application shows it.

Provides that of CPython 2.7. It means nothing on Jython.
"""

from __future__ import absolute_import

import sys

from isthmus.compat import _lending

_lending.lend_attribute(sys, "api_version", 1013)
