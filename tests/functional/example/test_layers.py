"""The programs of the paper, in its own words, exploded and packed.

configure() in Python, the same as a pipeline of Paste Deploy, and the same by loadapp:
the same bytes, on Jython and on CPython: those of sites/paper/visit.json.
"""

import contextlib
import json
import re
import threading
import urllib.parse
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

import class_app
import client
import function_app
import hello
import where
from example_war import SOURCES
from paths import HERE, TARGET
from wars import War, tree
from webxml import Servlet, WebXml

LIBRARIES = TARGET / "libraries"
NEEDED = ("paste", "pkg_resources", "PasteDeploy*", "setuptools-*")
# {servlet: isthmus.app}
PROGRAMS = {
    "function": "function_app:application",
    "class": "class_app:Application",
    "hello": "hello:application",
    "python": "layers:application",
    "paste": "config:layers.ini",
    "loadapp": "loaded:application",
    # Several by name, of one file.
    "visits": "config:layers.ini#visits",
}
LAYERS = ("python", "paste", "loadapp")
PAPER = HERE / "sites" / "paper"
VISIT = json.loads((PAPER / "visit.json").read_text("utf-8"))


class Paper(War):
    """With Paste Deploy for Jython; on CPython, that of the tests' environment."""

    def entries(self, parts):
        yield from super().entries(parts)
        for pattern in NEEDED if parts.engine.has_java else ():
            for found in LIBRARIES.glob(pattern):
                yield from tree("WEB-INF/lib-python/" + found.name, found)


def _war(path, **layout):
    files = {
        "WEB-INF/app": SOURCES / "WEB-INF" / "app",
        "WEB-INF/app/loaded.py": PAPER / "loaded.py",
    }
    servlets = [
        Servlet(name, ["/%s/*" % name], {"isthmus.app": app})
        for name, app in PROGRAMS.items()
    ]
    return Paper(path, WebXml(servlets=servlets), files, **layout)


# Paste Deploy in a packed WAR is in `mvn verify` by test_paste_deploy.
WARS = [
    _war("/paper-exploded", writable=False),
    _war("/paper-packed", layout="packed", matrix=where.ALL),
]
EACH = pytest.mark.parametrize("war", WARS, ids=[war.path[1:] for war in WARS])


class Visitor:
    """A client of one program, with a cookie; `seen` is what came, but for its name."""

    def __init__(self, address, prefix):
        self.address, self.prefix, self.cookie, self.seen = address, prefix, None, []

    def __call__(self, path, method="GET", **fields):
        headers = [("Cookie", self.cookie)] if self.cookie else []
        body = urllib.parse.urlencode(fields).encode() if fields else None
        if fields:
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        target = self.prefix + path
        response = client.fetch(self.address, method, target, headers, body)
        for value in response.all("Set-Cookie"):
            self.cookie = value.partition(";")[0]
        self.seen.append(
            (
                response.status,
                sorted((n, self._plain(v)) for n, v in response.headers if n in KEPT),
                self._plain(response.body.decode("latin-1")),
            )
        )
        return response

    def _plain(self, text):
        # Where it is mounted, and the number that an error has.
        for quoted in (self.prefix, urllib.parse.quote(self.prefix, safe="")):
            text = text.replace(quoted, "{here}")
        return re.sub(r"[0-9a-f]{12}", "{number}", text)


KEPT = (
    "Content-Type",
    "Location",
    "Cache-Control",
    "WWW-Authenticate",
    "Vary",
    "Allow",
)


def _visit(address, prefix):
    """What a visit of the five layers brings, step by step."""
    visit = Visitor(address, prefix)
    visit("/2005/wsgi?q=1")
    visit("/login")
    visit("/login", "POST", user="alice", password="wrong", next="/x")
    visit("/login", "POST", user="alice", password="secret", next=prefix + "/2005/wsgi")
    visit("/2005/wsgi")
    visit("/elsewhere")
    visit("/fail")
    visit("/logout", "POST", x="1")
    visit("/2005/wsgi")
    return visit.seen


@EACH
def test_python_paste_deploy_and_loadapp_give_the_same_bytes(server, war):
    seen = {n: _visit(server.address, "%s/%s" % (war.path, n)) for n in LAYERS}
    assert seen["paste"] == seen["python"]
    assert seen["loadapp"] == seen["python"]
    assert json.loads(json.dumps(seen["python"])) == VISIT
    statuses, heads, bodies = zip(*seen["python"])
    assert statuses == (303, 200, 401, 303, 200, 200, 500, 303, 303)
    assert bodies[4] == "Visit 1 of alice.\ntitle: wsgi\nyear: 2005\n"
    assert bodies[5] == "Visit 2 of alice.\n"
    assert bodies[6] == "500 Internal Server Error ({number})\n"
    assert dict(heads[3])["Location"] == "{here}/2005/wsgi"


@EACH
def test_one_of_several_has_no_layers_around_it(server, war):
    response = client.fetch(server.address, "GET", war.path + "/visits/")
    # It asks for the session that nobody gives it.
    assert response.status == 500


@contextlib.contextmanager
def _development_run(application):
    """simple_server, for one request; the address to send it to."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as development:
        thread = threading.Thread(target=development.handle_request)
        thread.start()
        yield development.server_address
        thread.join(60)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    "name, query", [("function", "?name=you"), ("class", ""), ("hello", "")]
)
@EACH
def test_program_gives_the_bytes_of_a_development_run(server, war, name, query):
    module, _, attribute = PROGRAMS[name].partition(":")
    application = getattr(MODULES[module], attribute)
    with _development_run(application) as address:
        wanted = client.fetch(address, "GET", "/" + query)
    found = client.fetch(server.address, "GET", "%s/%s/%s" % (war.path, name, query))
    assert (found.status, found.body) == (wanted.status, wanted.body)
    assert (found.status, wanted.body != b"") == (200, True)


MODULES = {m.__name__: m for m in (class_app, function_app, hello)}
