"""Readings of sensors in Falcon: resources in JSON, octets, a cookie and a stream."""

import hashlib
import os

import falcon

HERE = os.path.dirname(os.path.abspath(__file__))
# In memory: all threads of the container share it, and it is gone at the next start.
sensors = {}
charts = {}


def text(segment):
    """What a part of the path says: on Python 2, Falcon leaves it in octets."""
    return segment.decode("utf-8") if isinstance(segment, bytes) else segment


def known(req, resp, resource, params):
    """Before a method: the sensor has to be there."""
    params["name"] = text(params["name"])
    if params["name"] not in sensors:
        raise falcon.HTTPNotFound(
            title="Unknown sensor", description=u"Nothing is called %(name)s." % params
        )


class Sensors(object):
    def on_get(self, req, resp):
        least = req.get_param_as_int("least") or 0
        found = sorted(name for name in sensors if sensors[name] >= least)
        resp.media = {"sensors": found, "reader": req.cookies.get("reader")}


class Sensor(object):
    @falcon.before(known)
    def on_get(self, req, resp, name):
        resp.media = {"name": name, "reading": sensors[name]}
        digest = hashlib.sha1(repr(sensors[name]).encode("ascii")).hexdigest()
        # Falcon 1 leaves the quotes to you, and has no list of what was asked for.
        resp.etag = '"%s"' % digest
        if digest in (req.get_header("If-None-Match") or ""):
            resp.status = falcon.HTTP_304

    def on_put(self, req, resp, name):
        new = text(name) not in sensors
        sensors[text(name)] = req.media["reading"]
        resp.status = falcon.HTTP_201 if new else falcon.HTTP_204
        resp.location = req.uri

    @falcon.before(known)
    def on_delete(self, req, resp, name):
        del sensors[name]
        resp.status = falcon.HTTP_204


class Chart(object):
    @falcon.before(known)
    def on_get(self, req, resp, name):
        resp.content_type = "application/octet-stream"
        resp.data = charts.get(name, b"")

    @falcon.before(known)
    def on_put(self, req, resp, name):
        # Isthmus's input ends where the body does, also without Content-Length.
        charts[name] = req.stream.read()
        resp.media = {"bytes": len(charts[name])}


class Reader(object):
    def on_post(self, req, resp):
        # Secure unless it is said otherwise: over HTTP it would never come back.
        secure = req.scheme == "https"
        name = req.media["name"]
        # What Falcon calls req.app, and later req.root_path.
        path = req.env["SCRIPT_NAME"] or "/"
        resp.set_cookie("reader", name, path=path, secure=secure)
        resp.status = falcon.HTTP_204


class Count(object):
    def on_get(self, req, resp, last):
        resp.content_type = "text/plain"
        resp.stream = (b"%d\n" % (number + 1) for number in range(last))


class Share(object):
    def on_get(self, req, resp, people):
        """Each one's part; with nobody it fails: Falcon leaves that to the server."""
        resp.media = {"part": 1.0 / people}


# Falcon 3 has given it another name.
application = falcon.App() if hasattr(falcon, "App") else falcon.API()
application.add_route("/sensors", Sensors())
application.add_route("/sensors/{name}", Sensor())
application.add_route("/sensors/{name}/chart", Chart())
application.add_route("/reader", Reader())
application.add_route("/count/{last:int}", Count())
application.add_route("/share/{people:int}", Share())
application.add_static_route("/static", os.path.join(HERE, "static"))
