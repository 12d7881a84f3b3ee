"""Makes Jython's expat use the JDK's Xerces if no other one is present.

expat looks for the one in jython-standalone, then for one on the class path.
jython-slim neither contains nor requires one: xml.etree.ElementTree could be imported,
but could not parse.
"""

from __future__ import absolute_import

from java.lang import Class, ClassNotFoundException, Thread

from isthmus.jython.imports import AfterImport

# The default of XMLReaderFactory, by a public name.
_OF_THE_JDK = "com.sun.org.apache.xerces.internal.parsers.SAXParser"


def install():
    """Inspect ``xml.parsers.expat`` when it has been imported."""
    AfterImport("xml.parsers.expat", _look).install()


def _look(expat):
    names = (expat._mangled_xerces_parser_name, expat._xerces_parser_name)
    if not any(_is_there(name) for name in names):
        expat._mangled_xerces_parser_name = _OF_THE_JDK
        expat._xerces_parser_name = _OF_THE_JDK


def _is_there(name):
    try:
        Class.forName(name, False, Thread.currentThread().getContextClassLoader())
        return True
    except ClassNotFoundException:
        return False
