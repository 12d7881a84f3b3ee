"""Requests that Java hands on to the application: forward, include, error.

SCRIPT_NAME and PATH_INFO are then those of the target (Servlet specification, 9.3, 9.4
and 10.9.2).
"""

import json

import pytest

import client
from mounts import APPS
from wars import War
from webxml import Filter, Servlet, WebXml

APP = {"isthmus.app": "environ:application"}
DISPATCHERS = ["FORWARD", "INCLUDE"]
WARS = [
    War(
        "/dispatch",
        WebXml(
            servlets=[
                Servlet("environ", ["/env/*"], APP),
                Servlet("go", ["/go/*"], class_name="functional.DispatchServlet"),
            ],
            filters=[Filter("filter", ["/filtered/*"], APP, dispatchers=DISPATCHERS)],
            extra="  <error-page><error-code>418</error-code>"
            "<location>/env/error</location></error-page>\n",
        ),
        files={"WEB-INF/app/environ.py": APPS / "environ.py"},
        java=["functional/DispatchServlet.java"],
    )
]
KEYS = ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")


def _ask(server, header, value):
    headers = [(header, value)]
    return client.fetch(server.address, "GET", "/dispatch/go/x?q=1", headers)


def _seen(response):
    strings = json.loads(response.body)["strings"]
    return tuple(strings[key] for key in KEYS)


def test_forward_gives_the_path_of_the_target(server):
    response = _ask(server, "X-Forward", "/env/a/b?t=2")
    # The query of the target comes before the original one (9.1.1).
    assert _seen(response)[:2] == ("/dispatch/env", "/a/b")
    assert _seen(response)[2].startswith("t=2")


def test_forward_without_a_query_keeps_the_original_one(server):
    response = _ask(server, "X-Forward", "/env/a")
    assert _seen(response) == ("/dispatch/env", "/a", "q=1")


def test_forward_decodes_the_target_once(server):
    response = _ask(server, "X-Forward", "/env/caf%C3%A9%20x")
    assert _seen(response)[:2] == ("/dispatch/env", "/caf\u00c3\u00a9 x")


def test_forward_to_a_filter_gives_the_path_of_the_target(server):
    response = _ask(server, "X-Forward", "/filtered/a")
    assert _seen(response) == ("/dispatch", "/filtered/a", "q=1")


@pytest.mark.parametrize("header", ["X-Named", "X-Include-Named"])
def test_dispatch_by_name_keeps_the_path_of_the_request(server, header):
    response = _ask(server, header, "environ")
    strings = json.loads(response.body)["strings"]
    path = strings["SCRIPT_NAME"] + strings["PATH_INFO"]
    assert (path, strings["QUERY_STRING"]) == ("/dispatch/go/x", "q=1")


def test_include_gives_the_path_of_the_target(server):
    response = _ask(server, "X-Include", "/env/a/b?t=2")
    assert response.status == 200
    assert _seen(response)[:2] == ("/dispatch/env", "/a/b")
    assert _seen(response)[2].startswith("t=2")


def test_include_of_a_filter_gives_the_path_of_the_target(server):
    response = _ask(server, "X-Include", "/filtered/a?t=2")
    assert _seen(response)[:2] == ("/dispatch", "/filtered/a")


def test_error_page_gives_the_path_of_the_page(server):
    response = _ask(server, "X-Error", "418")
    assert _seen(response)[:2] == ("/dispatch/env", "/error")
