"""The harness itself, proved with a WAR that has neither Jython nor Isthmus."""

import base64
import pathlib
import time

import pytest

import client
from wars import War
from webxml import Servlet, WebXml

LAYOUTS = ("exploded", "unpacked", "packed")


def _plain(path, layout):
    servlet = Servlet("plain", ["/plain/*"], class_name="functional.PlainServlet")
    return War(
        path,
        WebXml(servlets=[servlet], members={"/plain/members/*": "member"}),
        files={"static/page.txt": "Grüße\n"},
        java=["functional/PlainServlet.java"],
        layout=layout,
        jython=None,
    )


WARS = [_plain("/plain-" + layout, layout) for layout in LAYOUTS]
WARS.append(_plain("/nested/plain", "exploded"))
CONTEXTS = [war.path for war in WARS]


@pytest.fixture(params=CONTEXTS)
def context(request):
    return request.param


def _get(server, target, headers=()):
    return client.fetch(server.address, "GET", target, headers)


def test_static_files_are_served_in_every_layout(server, context):
    response = _get(server, context + "/static/page.txt")
    assert (response.status, response.body) == (200, "Grüße\n".encode())


def test_compiled_classes_are_served_in_every_layout(server, context):
    response = _get(server, context + "/plain/")
    assert (response.status, response.body) == (200, b"user null")


def test_container_login_asks_for_a_password(server, context):
    response = _get(server, context + "/plain/members/")
    assert response.status == 401
    assert response.header("WWW-Authenticate").startswith("Basic")


def test_container_login_knows_alice(server, context):
    credentials = base64.b64encode(b"alice:secret").decode()
    headers = [("Authorization", "Basic " + credentials)]
    response = _get(server, context + "/plain/members/", headers)
    assert (response.status, response.body) == (200, b"user alice")


def test_both_connectors_serve_the_same_context(server):
    for address in (server.address, server.tuned_address):
        target = CONTEXTS[0] + "/plain/"
        assert client.fetch(address, "GET", target).body == b"user null"
    assert server.address != server.tuned_address


def test_log_shows_what_a_servlet_logged(server):
    token = "token-%d" % time.monotonic_ns()
    mark = server.log.mark()
    _get(server, CONTEXTS[0] + "/plain/?" + token)
    assert server.log.wait_for(token, mark)


def test_server_runs_on_the_jdk_it_was_given(server):
    command = pathlib.Path("/proc/%d/cmdline" % server.pid).read_bytes()
    assert command.split(b"\0")[0].decode() == server.jdk.tool("java")
