"""Sessions that Tomcat keeps in files while the web application is stopped."""

import pytest

import client
from containers import tomcat
from paths import HERE
from visitor import Visitor
from wars import Operator, War
from webxml import Filter, Servlet, WebXml

NAMES = ("sessions", "raw_sessions")
KEPT = War(
    "/kept",
    WebXml(
        servlets=[
            Servlet(name, ["/%s/*" % name], {"isthmus.app": name + ":application"})
            for name in NAMES
        ],
        filters=[Filter("java", ["/*"], class_name="functional.SessionFilter")],
    ),
    files={"WEB-INF/app/%s.py" % n: HERE / "apps" / (n + ".py") for n in NAMES},
    java=["functional/SessionFilter.java"],
    operator=Operator(tomcat.KEPT_SESSIONS, "", {}),
)
WARS = [KEPT]


class _Kept:
    """The web application, as visitor.py asks it."""

    def __init__(self, server):
        self._server = server

    def request(self, method, rest, headers, body):
        return client.fetch(self._server.address, method, "/kept" + rest, headers, body)


@pytest.fixture
def visitor(server):
    return Visitor(_Kept(server))


def test_session_is_there_after_the_web_application_has_started_again(visitor, server):
    visitor.get("/sessions/write")
    before = visitor.get("/types").body
    server.redeploy(KEPT)
    assert visitor.json("/sessions/read") == []
    assert visitor.get("/types").body == before


@pytest.mark.jython
def test_no_object_of_python_enters_by_way_of_java(visitor, server):
    refused, is_same, first, is_new = visitor.json("/raw_sessions/")
    assert refused == dict.fromkeys(["object", "within", "class"], "IS0500")
    assert (is_same, first, is_new) == (True, 1, True)
    server.redeploy(KEPT)
    # The session has been read back; before, each request of this client was a 500.
    assert visitor.get("/types").body.decode("utf-8").splitlines() == [
        "java HashMap{key=String value}",
        "list ArrayList[Long 1, LinkedHashMap{a=ArrayList[String é, null]}]",
        "mixed ArrayList[ArrayList[Long 1]]",
    ]
