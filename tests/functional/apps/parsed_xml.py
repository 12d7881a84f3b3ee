"""What Python's parsers of XML make of a document."""

from xml.dom import minidom
from xml.etree import ElementTree

DOCUMENT = u'<?xml version="1.0"?><a b="1">\u00e9<c xmlns="urn:d"/></a>'


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    root = ElementTree.fromstring(DOCUMENT.encode("utf-8"))
    lines = [root.tag, root.get("b"), root.text, root[0].tag]
    lines.append(minidom.parseString(b"<a><b/></a>").documentElement.firstChild.tagName)
    for broken in ("<a>", "<a>&b;</a>"):
        try:
            ElementTree.fromstring(broken)
        except ElementTree.ParseError as e:
            lines.append(u"%d %s" % (e.position[0], e))
    return [u"\n".join(lines).encode("utf-8")]
