"""An address book in CherryPy: objects as pages, a session, an upload and a stream."""

import os
from xml.sax.saxutils import escape

import cherrypy

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = u"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Address book</title>
<link rel="stylesheet" href="%(home)s/static/book.css">
<h1>Address book</h1>
%(greeting)s
<form method="post" action="%(home)s/sign">
  <label>Your name <input name="name"></label>
  <button>Sign</button>
</form>
<ul>
%(items)s</ul>
"""
MISSING = u"""<!DOCTYPE html>
<meta charset="utf-8">
<title>Not here</title>
<p>%s</p>
"""
# In memory: all threads of the container share it, and it is gone at the next start.
names = []


def text(segment):
    """What a part of the path says: on Python 2, CherryPy leaves it in octets."""
    return segment.decode("utf-8") if isinstance(segment, bytes) else segment


class People(object):
    @cherrypy.expose
    @cherrypy.tools.json_out()
    def default(self, name):
        if text(name) not in names:
            raise cherrypy.HTTPError(404, u"Nobody is called %s." % text(name))
        return {"name": text(name), "signed": names.count(text(name))}


class Members(object):
    @cherrypy.expose
    def index(self):
        return u"Good day, %s.\n" % cherrypy.request.login


class Book(object):
    people = People()
    members = Members()

    @cherrypy.expose
    def index(self):
        name = cherrypy.session.get("name")
        greeting = name and u'<p id="greeting">Hello, %s.</p>' % escape(name)
        items = u"".join(u"  <li>%s</li>\n" % escape(name) for name in names)
        home = cherrypy.request.script_name
        return PAGE % {"home": home, "greeting": greeting or u"", "items": items}

    @cherrypy.expose
    @cherrypy.tools.allow(methods=["POST"])
    def sign(self, name):
        names.append(name)
        cherrypy.session["name"] = name
        raise cherrypy.HTTPRedirect(cherrypy.url("/"))

    @cherrypy.expose
    @cherrypy.tools.json_out()
    def measure(self, card):
        size = sum(len(block) for block in iter(lambda: card.file.read(8192), b""))
        # CherryPy takes the part's header for latin-1, browsers write UTF-8.
        name = card.filename.encode("latin-1").decode("utf-8")
        return {"name": name, "bytes": size}

    @cherrypy.expose
    @cherrypy.config(**{"response.stream": True, "tools.gzip.on": False})
    def count(self, last=3):
        cherrypy.response.headers["Content-Type"] = "text/plain"
        return (u"%d\n" % (number + 1) for number in range(int(last)))

    @cherrypy.expose
    @cherrypy.tools.json_out()
    def share(self, people):
        """Each one's part; with nobody it fails: a 500, and a traceback in the log."""
        return {"part": 1.0 / int(people)}


def missing(status, message, traceback, version):
    return MISSING % escape(message)


def may_enter(realm, user, password):
    # A real application asks a store of digests.
    return (user, password) == ("alice", "wonder")


# CherryPy's server, its reloader and its signals stay out of it.
cherrypy.config.update({"environment": "embedded", "log.screen": False})

# SCRIPT_NAME is the container's decision: None, and CherryPy asks each request for it.
application = cherrypy.Application(Book(), None)
application.merge(
    {
        "/": {
            "error_page.404": missing,
            # Or a stranger sees the traceback.
            "request.show_tracebacks": False,
            "tools.encode.on": True,
            "tools.encode.encoding": "utf-8",
            "tools.gzip.on": True,
            "tools.gzip.mime_types": ["text/*"],
            "tools.sessions.on": True,
            "tools.sessions.httponly": True,
            # Its path is that of the whole host: a name of its own keeps it apart.
            "tools.sessions.name": "address_book",
        },
        "/members": {
            "tools.auth_basic.on": True,
            "tools.auth_basic.realm": "Address book",
            "tools.auth_basic.checkpassword": may_enter,
        },
        "/static": {
            "tools.sessions.on": False,
            "tools.staticdir.on": True,
            "tools.staticdir.dir": os.path.join(HERE, "static"),
        },
    }
)
