"""threading._get_ident, a private alias in CPython 2.7 of thread.get_ident.

CherryPy 2.3 uses it to identify the thread that answers a request.

Provides the number that thread.get_ident returns on Jython: the Java thread's.
"""

from __future__ import absolute_import

import threading

from isthmus.compat import _lending

if _lending.IS_JYTHON:
    import thread

    _lending.lend_attribute(threading, "_get_ident", thread.get_ident)
