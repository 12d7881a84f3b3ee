"""Documents, and the stylesheets that they go through: PATH_INFO names both."""
import os

from isthmus.middleware.dispatch import Prefixes
from isthmus.middleware.xslt import Transform

HERE = os.path.dirname(os.path.abspath(__file__))
DOCUMENTS = {
    "/plain": '<shop><item>caf\xc3\xa9</item></shop>',
    "/latin": '<shop><item>caf\xe9</item></shop>',
    "/entity": '<!DOCTYPE shop [<!ENTITY e SYSTEM "%s">]><shop><item>&e;</item></shop>',
    "/dtd": '<!DOCTYPE shop SYSTEM "%s"><shop><item>dtd</item></shop>',
    "/laughs": '<!DOCTYPE shop [<!ENTITY a "%s">%s]><shop><item>&z;</item></shop>',
    "/malformed": "<shop>\n<item>\n</shop>",
}


def document(environ, start_response):
    path = environ["PATH_INFO"]
    kind = "application/xml"
    text = DOCUMENTS.get(path, DOCUMENTS["/plain"])
    if path in ("/entity", "/dtd"):
        text %= "file://" + os.path.join(HERE, "secret.txt")
    if path == "/laughs":
        text %= ("ha" * 10, _doubled())
    if path == "/latin":
        kind = "text/xml; charset=iso-8859-1"
    if path == "/text":
        kind = "text/plain"
    headers = [("Content-Type", kind), ("Content-Length", str(len(text)))]
    headers.append(("ETag", '"1"'))
    start_response("404 Not Found" if path == "/none" else "200 OK", headers)
    # In pieces: what is transformed is the whole.
    return iter([text[:7], "", text[7:]])


def _doubled():
    names = "abcdefghijklmnopqrstuvwxyz"
    template = '<!ENTITY %s "%s">'
    pairs = zip(names, names[1:])
    return "".join(template % (b, ("&%s;" % a) * 10) for a, b in pairs)


def _named(environ):
    return {"query": environ["QUERY_STRING"]}


def _sheet(name, **options):
    return Transform(document, os.path.join(HERE, name + ".xsl"), **options)


application = Prefixes(
    {
        "/html": _sheet("html", parameters=_named),
        "/text": _sheet("text", parameters={"query": "fixed"}),
        "/reading": _sheet("reading"),
        "/included": _sheet("including", includes=True),
        "/refused": _sheet("including"),
        "/broken": _sheet("broken"),
        "/none": _sheet("none"),
    }
)
