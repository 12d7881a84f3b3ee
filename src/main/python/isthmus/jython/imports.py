"""Inspects one of Jython's modules right after its first import (PEP 302)."""

from __future__ import absolute_import

import sys


class AfterImport(object):
    """A finder that leaves the import to the others, and passes on its result."""

    def __init__(self, name, look):
        self._name = name
        self._look = look

    def install(self):
        sys.meta_path.insert(0, self)

    def find_module(self, name, path=None):
        return self if name == self._name else None

    def load_module(self, name):
        sys.meta_path.remove(self)
        __import__(name)
        self._look(sys.modules[name])
        return sys.modules[name]
