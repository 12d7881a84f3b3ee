"""A page in CherryPy 2.3, of the paper's time: filters where today's has tools."""

import os
from xml.sax.saxutils import escape

# Python's `threading` of CPython 2.7 has _get_ident; CherryPy 2 asks for it.
import isthmus.compat.threading  # noqa: F401  isort: skip

import cherrypy
from cherrypy._cpwsgi import wsgiApp as application  # noqa: F401
from cherrypy.filters.basefilter import BaseFilter

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = u"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Visitors</title>
<link rel="stylesheet" href="static/visitors.css">
<h1>Visitors</h1>
<p id="greeting">%s</p>
<form method="post" action="sign">
  <label>Your name <input name="name"></label>
  <button>Sign</button>
</form>
"""


class BelowTheContextPath(BaseFilter):
    """CherryPy 2 takes SCRIPT_NAME for a part of its own paths."""

    def on_start_resource(self):
        home = cherrypy.request.wsgi_environ["SCRIPT_NAME"]
        path = cherrypy.request.object_path
        cherrypy.request.object_path = path[len(home) :] or "/"


class Visitors(object):
    _cp_filters = [BelowTheContextPath()]

    def _cp_log_access(self):
        """Nothing: the container has an access log."""

    def index(self):
        name = cherrypy.session.get("name")
        return PAGE % (name and u"Hello, %s." % escape(name) or u"")

    index.exposed = True

    def sign(self, name):
        cherrypy.session["name"] = name
        raise cherrypy.HTTPRedirect(".")

    sign.exposed = True

    def hello(self, name):
        # Parts of the path are octets.
        return u"Hello, %s!\n" % name.decode("utf-8")

    hello.exposed = True

    def measure(self, card):
        return u"%s: %d\n" % (card.filename.decode("utf-8"), len(card.file.read()))

    measure.exposed = True

    def count(self):
        cherrypy.response.headers["Content-Type"] = "text/plain"
        return (u"%d\n" % number for number in range(1, 4))

    count.exposed = True

    def share(self, people):
        """Each one's part; with nobody it fails: a 500, and a traceback in the log."""
        return u"%s\n" % (1.0 / int(people))

    share.exposed = True


cherrypy.root = Visitors()
cherrypy.config.update(
    {
        "global": {
            "autoreload.on": False,
            "decoding_filter.on": True,
            "encoding_filter.on": True,
            "encoding_filter.encoding": "utf-8",
            "gzip_filter.on": True,
            "server.environment": "production",
            "server.log_config_options": False,
            # Or it turns off sys.stderr, and all that others write to it.
            "server.log_to_screen": True,
            # Its path is that of the whole host: a name of its own keeps it apart.
            "session_filter.cookie_name": "visitors",
            "session_filter.on": True,
        },
        "/count": {"gzip_filter.on": False, "stream_response": True},
        "/static": {
            "static_filter.dir": os.path.join(HERE, "static"),
            "static_filter.on": True,
        },
    }
)
cherrypy.server.start(init_only=True, server_class=None)
