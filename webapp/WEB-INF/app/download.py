"""The program opens it; ``wsgi.file_wrapper`` lets the server send it.

A server that offers the wrapper takes the open file and does the rest: here the whole
transfer happens in Java, with Tomcat's sendfile where the connector has it, and no byte
passes through Python. Any other server is given blocks.
"""
import os
from wsgiref.util import FileWrapper

import urls
from markup import escape

NAME = "wsgi-on-one-page.txt"
PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), NAME)
BLOCK = 65536


def application(environ, start_response):
    path = environ.get("PATH_INFO", "")
    if path == "/" + NAME:
        return _send(environ, start_response)
    status = "200 OK" if path in ("", "/") else "404 Not Found"
    html = PAGE.format(
        name=NAME,
        url=escape(urls.quoted(environ.get("SCRIPT_NAME", "") + "/" + NAME)),
        size=os.path.getsize(PATH),
    )
    start_response(status, [("Content-Type", "text/html; charset=utf-8")])
    return [html.encode("utf-8")]


def _send(environ, start_response):
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(os.path.getsize(PATH))),
        ("Content-Disposition", 'attachment; filename="%s"' % NAME),
    ]
    start_response("200 OK", headers)
    wrapper = environ.get("wsgi.file_wrapper", FileWrapper)
    return wrapper(open(PATH, "rb"), BLOCK)


PAGE = u"""<p>WSGI on one page, to keep beside the keyboard: {size} bytes of text.</p>
<p><a class="button" href="{url}">Download {name}</a></p>
"""
