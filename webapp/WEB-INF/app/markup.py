"""Text on its way into HTML, and the octets of environ made readable.

PEP 3333's strings are "native": on Python 2, and so on Jython, octets as they came; on
Python 3 text with one character for each octet. What a person is to read is UTF-8.
"""


def escape(text):
    """Return text that is safe in HTML, in quoted attributes too."""
    for character, entity in (
        (u"&", u"&amp;"),
        (u"<", u"&lt;"),
        (u">", u"&gt;"),
        (u'"', u"&quot;"),
        (u"'", u"&#x27;"),
    ):
        text = text.replace(character, entity)
    return text


def prose(text):
    """Return text as HTML, what stands in double backquotes as code."""
    parts = escape(text).split(u"``")
    parts[1::2] = [u"<code>%s</code>" % part for part in parts[1::2]]
    return u"".join(parts)


def octets(native):
    """Return a native string as the bytes it stands for."""
    return native if isinstance(native, bytes) else native.encode("latin-1")


def readable(native):
    """Return a native string as text: UTF-8, with a mark for what is not."""
    return octets(native).decode("utf-8", "replace")
