"""expat's ordered_attributes, and its functions for external DTDs: Jython has neither.

Genshi needs attributes in the order of the document, and declares HTML's entities in a
DTD of its own; without these names it parses no XML.

Provides the attribute: if it is true, StartElementHandler gets a flat list of names and
values in the order of the document. SetParamEntityParsing and UseForeignDTD answer like
a parser that reads no external DTD: entities such as &nbsp; stay undefined.
"""

from __future__ import absolute_import

from isthmus.compat import _lending

_NAME = "ordered_attributes"


def _ordered(method):
    """Return Jython's startElement with a list of attributes, if requested."""

    def start_element(self, namespace, local_name, qname, attributes):
        tag, found = method(self, namespace, local_name, qname, attributes)
        if not getattr(self.parser, _NAME):
            return tag, found
        listed = []
        for index in range(attributes.getLength()):
            names = attributes.getLocalName(index), attributes.getQName(index)
            name = self._qualify(*(names + (attributes.getURI(index),)))
            listed += [name, found[name]]
        return tag, listed

    return start_element


def _lend(expat):
    is_ordered = "_" + _NAME

    def get(self):
        return getattr(self, is_ordered, False)

    def put(self, value):
        setattr(self, is_ordered, bool(value))

    # Where Jython keeps the methods that its parser calls, with the handler of each.
    for (name, _), methods in expat._register.items():
        if name == "startElement":
            methods[:] = [(_ordered(m[0]),) + m[1:] for m in methods]
    setattr(expat.XMLParser, _NAME, property(get, put))
    expat.XMLParser.SetParamEntityParsing = lambda self, flag: 0
    expat.XMLParser.UseForeignDTD = lambda self, flag=True: None
    for number, name in enumerate(("NEVER", "UNLESS_STANDALONE", "ALWAYS")):
        setattr(expat, "XML_PARAM_ENTITY_PARSING_" + name, number)


if _lending.IS_JYTHON:
    from xml.parsers import expat

    if not hasattr(expat.ParserCreate(), _NAME):
        _lend(expat)
