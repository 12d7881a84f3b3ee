"""The pages of the list."""

import logging
import os

from pyramid.exceptions import URLDecodeError
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import FileResponse, Response
from pyramid.view import exception_view_config, notfound_view_config, view_config

HERE = os.path.dirname(os.path.abspath(__file__))
log = logging.getLogger(__name__)
# In memory: all threads of the container share it, and it is gone at the next start.
tasks = []


@view_config(route_name="tasks", request_method="GET", renderer="tasks.jinja2")
def show(request):
    return {"tasks": tasks, "last": request.session.get("last")}


@view_config(route_name="tasks", request_method="POST")
def add(request):
    name = request.POST["name"].strip()
    if name:
        tasks.append(name)
        request.session["last"] = name
    else:
        request.session.flash(u"What is to be done?")
    return HTTPSeeOther(request.route_url("tasks"))


@view_config(route_name="task", request_method="GET", renderer="json")
def task(request):
    name = request.matchdict["name"]
    if name not in tasks:
        raise HTTPNotFound(u"There is no task %s." % name)
    return {"name": name, "place": tasks.index(name)}


@view_config(route_name="task", request_method="DELETE", require_csrf=False)
def done(request):
    if request.matchdict["name"] in tasks:
        tasks.remove(request.matchdict["name"])
    return Response(status=204)


@view_config(route_name="upload", request_method="POST", renderer="json")
def upload(request):
    part = request.POST["file"]
    return {"name": part.filename, "lines": sum(1 for line in part.file)}


@view_config(route_name="manual")
def manual(request):
    return FileResponse(os.path.join(HERE, "manual.txt"), request)


@view_config(route_name="count")
def count(request):
    numbers = range(int(request.matchdict["last"]))
    blocks = (b"%d\n" % (number + 1) for number in numbers)
    return Response(app_iter=blocks, content_type="text/plain")


@view_config(route_name="share", renderer="json")
def share(request):
    """Each one's part; with nobody it fails, and that is the view of `failed`."""
    return {"part": 1.0 / int(request.matchdict["people"])}


@notfound_view_config(renderer="string")
def missing(request):
    request.response.status = 404
    return u"Not on the list: %s\n" % (request.exception.detail or request.path)


@exception_view_config(URLDecodeError, renderer="string")
def undecodable(request):
    request.response.status = 400
    return u"The path is not UTF-8.\n"


@exception_view_config(Exception, renderer="string")
def failed(request):
    # Without such a view it is the server's affair: a 500 all the same.
    log.exception("%s %s failed.", request.method, request.path)
    request.response.status = 500
    return u"This went wrong here. It has been written down.\n"
