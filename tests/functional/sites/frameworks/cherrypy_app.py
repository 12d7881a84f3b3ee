"""CherryPy with its session in the container's: the path says what to do with it."""

import json

import cherrypy
import elsewhere
from cherrypy.lib import sessions

from isthmus.sessions.cherrypy import ContainerSession


def _look():
    # A datetime of Java's is among them.
    return json.loads(json.dumps(dict(cherrypy.session.items()), default=str))


def _count():
    cherrypy.session["n"] = cherrypy.session.get("n", 0) + 1
    return cherrypy.session["n"]


def _change():
    cherrypy.session.setdefault("cart", []).append(1)
    return cherrypy.session["cart"]


def _delete():
    del cherrypy.session["n"]
    left = len(list(cherrypy.session.keys()))
    return ["n" in cherrypy.session, left, cherrypy.session.pop("n", None)]


def _login():
    cherrypy.session.regenerate()
    cherrypy.session["user"] = u"jos\u00e9"


def _switch():
    cherrypy.session.delete()
    cherrypy.session["user"] = "bob"


def _refuse():
    try:
        cherrypy.session["cart"] = object()
    except TypeError as e:
        return [str(e).partition(":")[0], cherrypy.session.id is None]


def _redirect():
    raise cherrypy.HTTPRedirect("look")


def _fail():
    raise ValueError("only a test")


WAYS = {
    "unused": lambda: None,
    "look": _look,
    "count": _count,
    "change": _change,
    "delete": _delete,
    "login": _login,
    "logout": sessions.expire,
    "switch": _switch,
    "max_age": lambda: cherrypy.request.wsgi_environ["isthmus.session"].max_age,
    "refuse": _refuse,
    "redirect": _redirect,
    "fail": _fail,
}


class Root(object):
    @cherrypy.expose
    @cherrypy.tools.json_out()
    def default(self, way, elsewhere=None):
        return WAYS[way]()

    @cherrypy.expose
    @cherrypy.config(**{"tools.sessions.timeout": 2})
    def age(self):
        cherrypy.session["n"] = 1
        return b""

    @cherrypy.expose
    @cherrypy.config(**{"response.stream": True})
    def stream(self):
        cart = cherrypy.session["cart"] = [1]

        def blocks():
            yield b"a"
            cart.append(2)
            yield b"b"

        return blocks()


cherrypy.config.update({"environment": "embedded", "log.screen": False})
root = cherrypy.Application(Root(), None)
root.merge(
    {
        "/": {
            "request.show_tracebacks": False,
            "tools.sessions.on": True,
            "tools.sessions.storage_class": ContainerSession,
        }
    }
)
application = elsewhere.also(root)
