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


def servlet(name):
    """Return what web.xml says about a servlet as HTML, "" without a web.xml.

    A container that serves a packed WAR as it is leaves no web.xml to be read as a file.
    """
    path = os.path.join(os.pardir, "web.xml")
    if not os.path.isfile(os.path.join(_HERE, path)):
        return u""
    element = r"(?s) *<%s>\s*<servlet-name>%s</servlet-name>.*?</%s>\n"
    text = _read(path)
    found = [
        part
        for tag in ("servlet", "servlet-mapping")
        for part in re.findall(element % (tag, re.escape(name), tag), text)
    ]
    return highlight.xml(u"".join(found))


def _read(name):
    with io.open(os.path.join(_HERE, name), encoding="utf-8") as source:
        return source.read()
