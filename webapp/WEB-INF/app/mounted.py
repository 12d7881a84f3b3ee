"""The same object answers at two places, and can tell them apart.

``web.xml`` names one application for two servlets, ``/first/*`` and ``/second/*``, as
isapi_wsgi did with IIS's virtual directories. One interpreter runs it, so it can count
the calls of both. What differs is ``SCRIPT_NAME``, the part of the URL that led to the
program; ``PATH_INFO`` is the part that is left for the program itself.
"""
import threading

import urls
from markup import escape, readable

_calls = {}
_lock = threading.Lock()


def application(environ, start_response):
    mount = environ.get("SCRIPT_NAME", "")
    with _lock:
        _calls[mount] = _calls.get(mount, 0) + 1
        calls = sorted(_calls.items())
    html = PAGE.format(
        script=escape(readable(mount)),
        path=escape(readable(environ.get("PATH_INFO", ""))),
        root=escape(urls.root(environ)),
        here=escape(urls.quoted(mount)),
        rows=u"".join(
            ROW.format(name=escape(readable(name)), count=count)
            for name, count in calls
        ),
    )
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [html.encode("utf-8")]


PAGE = u"""<dl class="divided">
<div><dt>SCRIPT_NAME</dt><dd id="script-name">{script}</dd></div>
<div><dt>PATH_INFO</dt><dd id="path-info">{path}</dd></div>
</dl>
<ul class="links">
<li><a href="{root}/first/">/first/</a></li>
<li><a href="{root}/second/">/second/</a></li>
<li><a href="{here}/a/b">a/b below here</a></li>
<li><a href="{here}/%CE%99%CF%83%CE%B8%CE%BC%CF%8C%CF%82/caf%C3%A9">
&Iota;&sigma;&theta;&mu;&#972;&sigmaf;/caf&eacute; below here</a></li>
</ul>
<table id="calls">
<caption>Calls since the program was imported</caption>
<thead><tr><th scope="col">Mounted at</th><th scope="col">Calls</th></tr></thead>
<tbody>{rows}</tbody>
</table>
"""

ROW = u'<tr><th scope="row"><code>{name}</code></th><td>{count}</td></tr>'
