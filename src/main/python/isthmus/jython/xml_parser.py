"""Has Jython's expat parse by the JDK's Xerces where no other one is there.

It asks for the one that jython-standalone has, then for one on the class path.
jython-slim brings none, nor does its pom: xml.etree.ElementTree could be imported and
could not parse.
"""

from __future__ import absolute_import

from java.lang import Class, ClassNotFoundException, Thread

from isthmus.jython.imports import AfterImport

# What XMLReaderFactory makes of its own accord, by a name that is public.
_OF_THE_JDK = "com.sun.org.apache.xerces.internal.parsers.SAXParser"


def install():
    """Look at ``xml.parsers.expat`` when it has been imported."""
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
