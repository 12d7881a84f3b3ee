"""The simplest shape that PEP 3333 knows.

The server calls ``application`` once for each request, with two arguments. ``environ``
is a dictionary that says everything about the request. ``start_response`` takes status
and headers. What comes back is iterated, and its blocks of bytes are the body.
"""
from markup import escape
from urls import field


def application(environ, start_response):
    name = field(environ, "name") or u"world"
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [GREETING.format(name=escape(name)).encode("utf-8")]


GREETING = u"""<p class="greeting">Hello, <strong>{name}</strong>!</p>
<form>
<label>Your name <input name="name" value="{name}" autocomplete="off"></label>
<button>Greet me</button>
</form>
"""
