"""Short names for links, in Werkzeug: routing, requests, and its middleware."""

import os
import sys
import warnings
from xml.sax.saxutils import escape

from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.lint import LintMiddleware, WSGIWarning
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.routing import Map, Rule
from werkzeug.testapp import test_app
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

if sys.platform.startswith("java"):
    import isthmus.compat.sys  # noqa: F401  The test application shows sys.api_version.

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = u"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Short names</title>
<link rel="stylesheet" href="%(home)s/static/links.css">
<h1>Short names</h1>
<p id="greeting">%(greeting)s</p>
<form method="post" action="%(home)s/">
  <label>Name <input name="name"></label>
  <label>Link <input name="link"></label>
  <button>Shorten</button>
</form>
<ul>
%(items)s</ul>
"""
ITEM = u'  <li><a href="%s">%s</a></li>\n'
urls = Map(
    [
        Rule("/", endpoint="front"),
        Rule("/to/<name>", endpoint="to", methods=["GET"]),
        Rule("/import", endpoint="imported", methods=["POST"]),
        Rule("/links.txt", endpoint="exported"),
        Rule("/share/<int:people>", endpoint="share"),
    ]
)
# In memory: all threads of the container share it, and it is gone at the next start.
links = {}


def front(request, adapter):
    if request.method == "POST":
        links[request.form["name"]] = request.form["link"]
        response = redirect(adapter.build("front"), 303)
        path = request.script_root or "/"
        response.set_cookie("last", request.form["name"], path=path, httponly=True)
        return response
    last = request.cookies.get("last")
    greeting = escape(u"The last one was %s." % last) if last else u""
    ways = [(adapter.build("to", {"name": name}), name) for name in sorted(links)]
    items = u"".join(ITEM % (way, escape(name)) for way, name in ways)
    page = {"home": request.script_root, "greeting": greeting, "items": items}
    return Response(PAGE % page, mimetype="text/html")


def to(request, adapter, name):
    if name not in links:
        raise NotFound(u"Nothing is called %s." % name)
    return redirect(links[name])


def imported(request, adapter):
    if "file" not in request.files:
        raise BadRequest("There is no file.")
    lines = request.files["file"].stream.read().decode("utf-8").splitlines()
    links.update(line.split(u" ", 1) for line in lines)
    return Response(u"%d\n" % len(lines))


def exported(request, adapter):
    response = Response((u"%s %s\n" % link for link in sorted(links.items())))
    response.headers["Content-Disposition"] = "attachment; filename=links.txt"
    return response


def share(request, adapter, people):
    """Each one's part; with nobody it fails: the server's 500."""
    return Response("%s\n" % (1.0 / people))


VIEWS = {view.__name__: view for view in (front, to, imported, exported, share)}


@Request.application
def shortener(request):
    adapter = urls.bind_to_environ(request.environ)
    try:
        endpoint, values = adapter.match()
        return VIEWS[endpoint](request, adapter, **values)
    except HTTPException as response:
        return response


# What its lint finds is an error. Its debugger runs what a visitor types: it stays off.
warnings.simplefilter("error", WSGIWarning)
# Isthmus does, and says so (wsgi.input_terminated): Werkzeug 3 then reads to the end.
warnings.filterwarnings("ignore", "WSGI does not guarantee an EOF", WSGIWarning)
application = SharedDataMiddleware(
    shortener, {"/static": os.path.join(HERE, "static")}
)
application = DispatcherMiddleware(application, {"/environment": test_app})
application = LintMiddleware(application)
