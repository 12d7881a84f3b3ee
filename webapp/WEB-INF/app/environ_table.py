"""One dictionary says it all, and nothing else does.

``environ`` is a real ``dict``. CGI variables and headers are native strings, one
character for each octet that came, so nothing is lost before the program decides what
it means; ``wsgi.*`` is the server's side of PEP 3333, and ``isthmus.*`` the servlet
objects.
"""
from markup import escape, octets, readable

# They prove who somebody is: not to be read off a screen, nor by a script.
SECRET = ("HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_PROXY_AUTHORIZATION")

GROUPS = [
    (u"The request", lambda key: key.isupper() and not key.startswith("HTTP_")),
    (u"Its headers", lambda key: key.startswith("HTTP_")),
    (u"The server's side of PEP 3333", lambda key: key.startswith("wsgi.")),
    (u"The servlet container", lambda key: key.startswith("isthmus.")),
    (u"Added on the way", lambda key: True),
]


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [_table(environ).encode("utf-8")]


def _table(environ):
    left = sorted(environ)
    bodies = []
    for title, belongs in GROUPS:
        keys = [key for key in left if belongs(key)]
        left = [key for key in left if key not in keys]
        if keys:
            rows = u"".join(_row(key, environ[key]) for key in keys)
            bodies.append(BODY.format(title=escape(title), rows=rows))
    return TABLE.format(count=len(environ), bodies=u"".join(bodies))


def _row(key, value):
    return ROW.format(
        key=escape(readable(key)), value=_shown(key, value), type=type(value).__name__
    )


def _shown(key, value):
    if key in SECRET:
        return u"<i>%d characters, not shown</i>" % len(value)
    if isinstance(value, (bool, int, tuple)):
        return escape(u"%r" % (value,))
    if not isinstance(value, str):
        # What objects say of themselves may name directories of the server.
        return u"<i>object</i>"
    if not value:
        return u"<i>empty</i>"
    html = escape(readable(value))
    raw = octets(value).decode("latin-1")
    if any(ord(character) > 126 for character in raw):
        html += u" <i>octets %s</i>" % escape(_escaped(raw))
    return html


def _escaped(raw):
    return u"".join(c if ord(c) < 127 else u"\\x%02x" % ord(c) for c in raw)


TABLE = u"""<table class="environ stacks">
<caption>{count} keys</caption>
<thead><tr><th scope="col">Key</th><th scope="col">Value</th>
<th scope="col">Type</th></tr></thead>
{bodies}</table>
"""

BODY = u"""<tbody>
<tr><th colspan="3" scope="rowgroup">{title}</th></tr>
{rows}</tbody>
"""

ROW = u"""<tr><th scope="row"><code>{key}</code></th><td>{value}</td>
<td><code>{type}</code></td></tr>
"""
