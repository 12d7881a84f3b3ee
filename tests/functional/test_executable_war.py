"""A WAR that also runs by itself is like any other in a container.

What it runs with is nothing that a container loads or copies.
"""

import pytest

import client
import executable_war
from wars import War
from webxml import Servlet, WebXml

LAYOUTS = ("unpacked", "packed")


def _war(layout):
    servlet = Servlet("app", ["/app/*"], {"isthmus.app": "whole:application"})
    files = {**executable_war.files(), "WEB-INF/app/whole.py": APP}
    return War(
        "/executable-" + layout,
        WebXml(servlets=[servlet]),
        files=files,
        layout=layout,
    )


# Python's sees the classes of the launcher as little as a browser does.
APP = """
import os

def application(environ, start_response):
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        from org.isthmus.launcher.jetty import JettyServing
        seen = "classes"
    except ImportError:
        seen = "no classes"
    copied = "launcher" in os.listdir(here)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["%s, %s" % (seen, copied)]
"""

WARS = [_war(layout) for layout in LAYOUTS]
HIDDEN = [
    "/META-INF/versions/11/org/isthmus/launcher/Main.class",
    "/META-INF/MANIFEST.MF",
    "/WEB-INF/launcher/{launcher}",
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_application_is_served_and_sees_no_launcher(server, layout):
    response = client.fetch(server.address, "GET", "/executable-%s/app/" % layout)
    assert response.status == 200
    # What is unpacked is unpacked whole; what is packed is copied without it.
    is_copied = layout == "unpacked"
    assert response.body.decode() == "no classes, %s" % is_copied


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", HIDDEN)
def test_launcher_is_shown_to_nobody(server, layout, path):
    path = path.format(launcher=executable_war.launcher().name)
    response = client.fetch(server.address, "GET", "/executable-%s%s" % (layout, path))
    assert response.status == 404


@pytest.mark.parametrize("layout", LAYOUTS)
def test_first_classes_are_all_that_may_be_seen(server, layout):
    # Where a container reads the archive as Java does, with META-INF/versions laid over
    # its root: they are Isthmus's own, and the same in every WAR. Whether Jetty does so
    # with a packed one is the JDK's to say.
    shown = "/executable-%s/org/isthmus/launcher/Main.class" % layout
    response = client.fetch(server.address, "GET", shown)
    is_tomcat = server.name.startswith("tomcat")
    is_known = is_tomcat or server.jdk.major == 17 or layout == "unpacked"
    if is_tomcat and layout == "unpacked":
        assert response.status == 404
    elif is_known or response.status != 404:
        first = executable_war.first_classes()
        own = first / "org" / "isthmus" / "launcher" / "Main.class"
        assert (response.status, response.body) == (200, own.read_bytes())
