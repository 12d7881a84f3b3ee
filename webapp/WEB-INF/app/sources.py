"""The demonstration's own source code, as HTML to be shown on its pages.

Names come from configure.py and never from a request, so nothing else can be read.
"""
import io
import os
import re

import highlight

_HERE = os.path.dirname(os.path.abspath(__file__))
_shown = {}


def program(name):
    """Return a Python file of this directory as HTML."""
    if name not in _shown:
        # Two threads may both get here; they store the same text.
        _shown[name] = highlight.python(_read(name))
    return _shown[name]


def mapping(name, environ):
    """Return what web.xml says about a servlet or filter as HTML."""
    element = r"(?s) *<%s>\s*<%s-name>%s</.*?</%s>\n"
    text = _web_xml(environ.get("isthmus.context"))
    found = [
        part
        for tag in ("servlet", "servlet-mapping", "filter", "filter-mapping")
        for part in re.findall(
            element % (tag, tag.partition("-")[0], re.escape(name), tag), text
        )
    ]
    return highlight.xml(u"".join(found))


def _web_xml(context):
    if context is None:
        return _read(os.path.join(os.pardir, "web.xml"))
    # In a packed WAR it is no file; the servlet container reads it all the same.
    from java.util import Scanner

    scanner = Scanner(context.getResourceAsStream("/WEB-INF/web.xml"), "UTF-8")
    try:
        return scanner.useDelimiter("\\A").next()
    finally:
        scanner.close()


def _read(name):
    with io.open(os.path.join(_HERE, name), encoding="utf-8") as source:
        return source.read()
