"""isthmus.interpreter=own and isthmus.pool.*: who shares what with whom."""

import ast
import json
import time
import uuid

import pytest

import client
from paths import HERE
from wars import War
from webxml import LISTENER, Filter, Servlet, WebXml

SITE = HERE / "sites" / "isolated"
ALONE = "/isolated"
OTHER = "/isolated/other"
TIMEOUT = 60.0
MARKS = ["left", "right", "filter"]


def _peeks(library, **more):
    path = {"isthmus.python.path": "versions/" + library}
    return {"isthmus.app": "peeks:application", **path, **more}


def _own(library):
    return _peeks(library, **{"isthmus.interpreter": "own"})


def _named(module):
    return {
        "isthmus.app": module + ":application",
        "isthmus.python.path": "versions/named",
        "isthmus.interpreter": "own",
    }


def _pool(least, most, patience):
    return {
        "isthmus.app": "pooled:application",
        "isthmus.pool.min": least,
        "isthmus.pool.max": most,
        "isthmus.pool.acquire_timeout": patience,
    }


def _files(*libraries):
    files = {
        "WEB-INF/app/peeks.py": SITE / "peeks.py",
        "WEB-INF/app/pooled.py": SITE / "pooled.py",
    }
    for name in libraries:
        files["WEB-INF/versions/" + name] = SITE / name
    return files


# Modules and packages of Python's that are called as Java packages are.
PYTHONS = ("com", "net", "org", "java")
NAMED = {
    "late.py": "import socket\nfrom covered import application\n",
    "early.py": "from covered import application\nimport socket\n",
    "covered/__init__.py": """
import io
from java.util import ArrayList
import com, net, org, java
import org.here
import org.python.here
from org.python.inner import WHAT
from org.python.core import PyJavaPackage


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    found = [(m.__name__, getattr(m, "WHAT", None)) for m in (com, net, org, java)]
    found.append((io.__name__, io.StringIO(u"text").read()))
    found.append(("org.here", org.here.WHAT))
    found.append(("org.python.here", org.python.here.WHAT))
    found.append(("org.python.inner", WHAT))
    found.append(("ArrayList", len(ArrayList([1, 2]))))
    return [repr(found).encode("ascii")]
""",
    "com.py": "WHAT = 'of Python'\n",
    "org/here.py": "WHAT = 'of Python'\n",
    # Beside a loaded package of Java's, the rest of which can still be imported.
    "org/python/__init__.py": "",
    "org/python/here.py": "WHAT = 'of Python'\n",
    "org/python/inner/__init__.py": "WHAT = 'of Python'\n",
    **{n + "/__init__.py": "WHAT = 'of Python'\n" for n in PYTHONS if n != "com"},
}

# netty, which Jython's socket loads, has a Java package io.
WRAPPED = {
    "pk/__init__.py": "import io\n",
    "wrapped.py": """
import pk, socket, io

NAME = io.TextIOWrapper.__name__


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [NAME]
""",
}
WRAPS = {
    **_pool("3", "3", "60"),
    "isthmus.app": "wrapped:application",
    "isthmus.python.path": "versions/wrapped",
}

WARS = [
    War(
        ALONE,
        WebXml(
            servlets=[
                Servlet("left", ["/left"], _own("left")),
                Servlet("right", ["/right"], _own("right")),
                Servlet("shared", ["/shared"], _peeks("left")),
                Servlet("too", ["/too"], _peeks("left")),
                Servlet("notes", ["/notes"], {"isthmus.app": "pooled:application"}),
                Servlet("two", ["/two"], _pool("1", "2", "60")),
                Servlet("one", ["/one"], _pool("1", "1", "0")),
                Servlet("three", ["/three"], WRAPS),
                *(Servlet(n, ["/" + n], _named(n)) for n in ("late", "early")),
            ],
            filters=[Filter("left", ["/filter"], _own("left"))],
            listeners=[LISTENER],
        ),
        files={
            **_files("left", "right"),
            **{"WEB-INF/versions/named/" + n: text for n, text in NAMED.items()},
            **{"WEB-INF/versions/wrapped/" + n: text for n, text in WRAPPED.items()},
        },
    ),
    War(
        OTHER,
        WebXml(servlets=[Servlet("shared", ["/shared"], _peeks("right"))]),
        files=_files("right"),
    ),
]


def _get(server, path):
    return client.fetch(server.address, "GET", path)


@pytest.fixture(scope="module")
def shown(server):
    """What is found where, after three of them have left their marks."""
    for mark in MARKS:
        assert _get(server, "%s/%s?mark=%s" % (ALONE, mark, mark)).status == 200
    places = [ALONE + "/" + name for name in MARKS + ["shared", "too"]]
    return {place: _get(server, place).json() for place in places + [OTHER + "/shared"]}


@pytest.mark.parametrize("mark", MARKS)
def test_interpreter_of_its_own_has_its_own_marks(shown, mark):
    assert shown[ALONE + "/" + mark] == {
        "library": "right" if mark == "right" else "left",
        "requests": [mark],
        "environ": mark,
        "child": mark,
        "directory": True,
        "path": ["/mark/" + mark],
        "modules": ["mark_" + mark],
        "recursion": 900 + len(mark),
        "builtin": mark,
        "thread": mark,
        "warnings": [mark],
        "codecs": [mark],
        "socket": float(len(mark)),
        "logging": mark,
        "level": 40,
    }


@pytest.mark.parametrize(
    "place, library",
    [(ALONE + "/shared", "left"), (OTHER + "/shared", "right")],
)
def test_shared_interpreter_has_none_of_them(shown, place, library):
    assert shown[place] == {
        "library": library,
        "requests": [],
        "environ": None,
        "child": "",
        "directory": False,
        "path": [],
        "modules": [],
        "recursion": 1000,
        "builtin": None,
        "thread": None,
        "warnings": [],
        "codecs": [],
        "socket": None,
        "logging": None,
        "level": 20,
    }


def test_equal_servlets_share_an_application(shown):
    assert shown[ALONE + "/shared"] == shown[ALONE + "/too"]


@pytest.mark.parametrize("name", ["late", "early"])
def test_module_of_pythons_comes_before_a_java_package(server, name):
    assert ast.literal_eval(_get(server, ALONE + "/" + name).body.decode()) == [
        *((each, "of Python") for each in PYTHONS),
        ("io", "text"),
        ("org.here", "of Python"),
        ("org.python.here", "of Python"),
        ("org.python.inner", "of Python"),
        ("ArrayList", 2),
    ]


def test_module_io_is_pythons_in_every_interpreter_of_a_pool(server):
    # All three have been imported before the WAR is up.
    response = _get(server, ALONE + "/three")
    assert (response.status, response.body) == (200, b"TextIOWrapper")


class Pool:
    """Requests to pooled.py in one of the pools."""

    def __init__(self, server, name):
        self._server = server
        self._name = name

    def path(self, case, key):
        return "%s/%s?case=%s&key=%s" % (ALONE, self._name, case, key)

    def get(self, case, key="none"):
        return _get(self._server, self.path(case, key))

    def get_when_free(self, case):
        """A client may have all of a response before its interpreter is free again."""
        end = time.monotonic() + TIMEOUT
        while (response := self.get(case)).status == 503 and time.monotonic() < end:
            time.sleep(0.02)
        return response

    def stay(self, key):
        """A connection whose request is inside of the application."""
        connection = client.Connection(self._server.address)
        connection.request("GET", self.path("stays", key))
        end = time.monotonic() + TIMEOUT
        notes = Pool(self._server, "notes")
        while not notes.get("inside", key).json():
            assert time.monotonic() < end, "the request did not come in"
            time.sleep(0.02)
        return connection

    def go(self, key):
        Pool(self._server, "notes").get("go", key)


@pytest.fixture
def keys():
    return [uuid.uuid4().hex for _ in range(3)]


def test_each_request_at_once_has_an_interpreter(server, keys):
    pool = Pool(server, "two")
    # The second one is made for the second request, and kept.
    connections = [pool.stay(key) for key in keys[:2]]
    with client.Connection(server.address) as third:
        third.request("GET", pool.path("looks", keys[2]))
        pool.go(keys[0])
        bodies = [c.receive().json() for c in (connections[0], third)]
        pool.go(keys[1])
        bodies.append(connections[1].receive().json())
    for connection in connections:
        connection.close()
    first, third, second = [body["name"] for body in bodies]
    assert first != second
    assert third == first, "it had what was free"
    for body in bodies:
        assert not body["overlap"]
        assert (body["multithread"], body["multiprocess"]) == (False, True)


def test_exhausted_pool_refuses(server, keys):
    pool = Pool(server, "one")
    mark = server.log.mark()
    with pool.stay(keys[0]) as connection:
        refused = pool.get("looks")
        pool.go(keys[0])
        body = connection.receive().json()
    assert (refused.status, refused.header("Retry-After")) == (503, "1")
    server.log.wait_for("IS0091: ", mark)
    # One alone is as one process.
    assert (body["multithread"], body["multiprocess"]) == (False, False)
    assert pool.get_when_free("looks").json()["name"] == body["name"]


def test_included_request_has_the_interpreter_of_the_whole(server):
    response = Pool(server, "one").get_when_free("includes")
    outer, _, rest = response.body.partition(b"{")
    inner = json.loads(b"{" + rest[: -len(b" after")])
    assert rest.endswith(b" after")
    assert inner["name"] == outer.decode()
    assert inner["overlap"], "the two were not one in the other"
