"""SCRIPT_NAME and PATH_INFO for every kind of mapping and of context path.

An application at /prefix/* or at an exact path has that in SCRIPT_NAME; one at /, /* or
*.ext owns the context and has all that follows in PATH_INFO.
"""

import json

import pytest

import client
from mounts import APPS
from wars import War
from webxml import Filter, Servlet, WebXml

APP = {"isthmus.app": "environ:application"}
FILES = {"WEB-INF/app/environ.py": APPS / "environ.py"}


def _war(path, web_xml, **more):
    return War(path, web_xml, files={**FILES, **more.pop("files", {})}, **more)


WARS = [
    # The root context, all of it.
    _war("", WebXml(servlets=[Servlet("all", ["/*"], APP)]), probe="/"),
    # A nested context with every other kind.
    _war(
        "/nested/kinds",
        WebXml(
            servlets=[
                Servlet("default", ["/"], APP),
                Servlet("kinds", ["/exact", "*.ext", "/one/*", "/one/two/*"], APP),
            ]
        ),
        probe="/",
    ),
    # A filter over everything, with files and a servlet beside it.
    _war(
        "/filtered",
        WebXml(
            filters=[Filter("filter", ["/*"], APP)],
            servlets=[
                Servlet("plain", ["/plain/*"], class_name="functional.PlainServlet")
            ],
        ),
        files={"static/page.txt": "a page\n", "docs/index.html": "an index\n"},
        java=["functional/PlainServlet.java"],
    ),
    # A context path that is not ASCII.
    _war("/caf\u00e9", WebXml(servlets=[Servlet("all", ["/*"], APP)]), probe=None),
]


def _ask(server, target):
    return client.fetch(server.address, "GET", target)


def _paths(response):
    assert response.status == 200
    strings = json.loads(response.body)["strings"]
    return strings["SCRIPT_NAME"], strings["PATH_INFO"]


@pytest.mark.parametrize(
    "target, script, path",
    [
        ("/", "", "/"),
        ("/a/b", "", "/a/b"),
        ("/a/b;c", "", "/a/b;c"),
        ("/nested/elsewhere", "", "/nested/elsewhere"),
        ("/nested/kinds/", "/nested/kinds", "/"),
        ("/nested/kinds/any/thing", "/nested/kinds", "/any/thing"),
        ("/nested/kinds/exact", "/nested/kinds/exact", ""),
        ("/nested/kinds/exact/more", "/nested/kinds", "/exact/more"),
        ("/nested/kinds/a/b.ext", "/nested/kinds", "/a/b.ext"),
        ("/nested/kinds/one", "/nested/kinds/one", ""),
        ("/nested/kinds/one/", "/nested/kinds/one", "/"),
        ("/nested/kinds/one/x", "/nested/kinds/one", "/x"),
        ("/nested/kinds/one/two", "/nested/kinds/one/two", ""),
        ("/nested/kinds/one/two/three", "/nested/kinds/one/two", "/three"),
        ("/nested/kinds/onetwo", "/nested/kinds", "/onetwo"),
        ("/filtered/", "/filtered", "/"),
        ("/filtered/a/b", "/filtered", "/a/b"),
        ("/filtered/static/none.txt", "/filtered", "/static/none.txt"),
        ("/filtered/static/", "/filtered", "/static/"),
    ],
)
def test_mapping_gives_script_name_and_path_info(server, target, script, path):
    assert _paths(_ask(server, target)) == (script, path)


@pytest.mark.parametrize(
    "target, path",
    [
        ("/nested/kinds/%6Fne/x", "/x"),
        ("/nested/kinds;a=1/one;b=2/x;c=3", "/x;c=3"),
        ("/nested/./kinds/../kinds/one/x", "/x"),
        ("/nested/kinds/one/../one/%41", "/A"),
    ],
)
def test_prefix_in_another_spelling_is_the_same_prefix(server, target, path):
    assert _paths(_ask(server, target)) == ("/nested/kinds/one", path)


def test_empty_segments_in_the_prefix_count_as_the_container_counts(server):
    response = client.fetch(server.tuned_address, "GET", "//nested//kinds//one//x")
    if server.name.startswith("tomcat"):
        assert _paths(response) == ("/nested/kinds/one", "//x")
    else:
        # Jetty takes them for segments: no context but the root begins with one.
        assert _paths(response) == ("", "//nested//kinds//one//x")


def test_context_path_beyond_ascii_is_octets(server):
    response = _ask(server, "/caf%C3%A9/x")
    assert _paths(response) == ("/caf\u00c3\u00a9", "/x")


def test_filter_leaves_files_to_the_container(server):
    response = _ask(server, "/filtered/static/page.txt")
    assert (response.status, response.body) == (200, b"a page\n")


def test_filter_leaves_other_servlets_to_the_container(server):
    response = _ask(server, "/filtered/plain/x")
    assert (response.status, response.body) == (200, b"user null")


@pytest.mark.parametrize("name", ["web.xml", "app/environ.py"])
def test_filter_serves_no_file_of_web_inf(server, name):
    response = _ask(server, "/filtered/WEB-INF/" + name)
    assert b"<web-app" not in response.body and b"def application" not in response.body
