"""threading._get_ident, a private name of CPython 2.7's for thread.get_ident.

CherryPy 2.3 asks for it, to tell by which thread a request is answered.

Answered is the number that thread.get_ident gives on Jython: that of the Java thread.
"""

from __future__ import absolute_import

import threading

from isthmus.compat import _lending

if _lending.IS_JYTHON:
    import thread

    _lending.lend_attribute(threading, "_get_ident", thread.get_ident)
