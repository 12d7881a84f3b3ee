"""A wiki in WebOb: Request and Response, without a framework around them."""

import os
from xml.sax.saxutils import escape

from webob import exc
from webob.compat import url_quote
from webob.cookies import SignedCookieProfile
from webob.dec import wsgify
from webob.response import Response
from webob.static import DirectoryApp

HERE = os.path.dirname(os.path.abspath(__file__))
FRONT = u"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Wiki</title>
<link rel="stylesheet" href="files/wiki.css">
<h1>Wiki</h1>
%(greeting)s
<form method="post" enctype="multipart/form-data">
  <label>Your name <input name="author"></label>
  <label>Title <input name="title"></label>
  <label>A file with the text <input type="file" name="text"></label>
  <button>Write</button>
</form>
<ul>
%(items)s</ul>
"""
ITEM = u'  <li><a href="pages/%s">%s</a></li>\n'
# In memory: all threads of the container share it, and it is gone at the next start.
pages = {}
# The secret of a real application is never in the source.
cookie = SignedCookieProfile("only an example", "wiki", "author", httponly=True)


@wsgify
def front(req):
    author = cookie.bind(req)
    if req.method == "POST":
        pages[req.POST["title"]] = req.POST["text"].file.read()
        response = exc.HTTPSeeOther(location=req.application_url + "/")
        author.set_cookies(response, req.POST["author"], path=req.script_name or "/")
        return response
    name = author.get_value()
    greeting = name and u'<p id="greeting">Hello, %s.</p>' % escape(name)
    items = u"".join(ITEM % (url(title), escape(title)) for title in sorted(pages))
    return Response(FRONT % {"greeting": greeting or u"", "items": items})


def url(title):
    return url_quote(title.encode("utf-8"), "")


@wsgify
def page(req):
    title = req.path_info_pop()
    if req.method == "PUT":
        pages[title] = req.body
        return exc.HTTPNoContent()
    if req.method not in ("GET", "HEAD"):
        raise exc.HTTPMethodNotAllowed(headers={"Allow": "GET, HEAD, PUT"})
    if title not in pages:
        raise exc.HTTPNotFound(u"There is no page %s." % title)
    response = Response(pages[title], content_type="text/plain", charset="utf-8")
    # What the client has is not sent again, and what it has a part of, not all of.
    response.md5_etag()
    response.conditional_response = True
    response.accept_ranges = "bytes"
    return response


@wsgify
def sizes(req):
    return Response(json={title: len(pages[title]) for title in pages})


@wsgify
def count(req):
    numbers = range(1, int(req.params.get("last", 3)) + 1)
    return Response(app_iter=(b"%d\n" % n for n in numbers), content_type="text/plain")


@wsgify
def share(req):
    """Each one's part; with nobody it fails: the server's 500."""
    return Response(json={"part": 1.0 / int(req.params["people"])})


parts = {"": front, "pages": page, "sizes": sizes, "count": count, "share": share}
parts["files"] = DirectoryApp(os.path.join(HERE, "files"))


@wsgify
def application(req):
    """What the first step of the path names; the rest is for that application."""
    if req.path_info_peek() not in parts:
        raise exc.HTTPNotFound()
    return parts[req.path_info_pop()] if req.path_info_peek() else front
