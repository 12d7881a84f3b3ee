"""Tomcat's parallel deployment: two versions of one path, told apart by an operator."""

import pytest

import client
import messages
from reloading import STATUS, Site
from wars import War
from webxml import Servlet, WebXml

PATH = "/versions"
SOURCE = """
def application(environ, start_response):
    if environ["QUERY_STRING"] == "stay":
        environ["isthmus.session"]["stays"] = True
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%s"]
"""


def _war(version):
    """PATH##version: a name of Tomcat's, not a path, so that the probe is a test's."""
    app = Servlet("app", ["/app"], {"isthmus.app": "app:application"})
    files = {"WEB-INF/app/app.py": SOURCE % version}
    web_xml = WebXml(servlets=[app, STATUS])
    return War("%s##%s" % (PATH, version), web_xml, files, probe=None)


WARS = [_war("001"), _war("002")]


def _get(server, path, headers=()):
    response = client.fetch(server.address, "GET", PATH + path, headers)
    assert response.status == 200, response
    return response


@pytest.mark.parametrize("war", WARS, ids=lambda war: war.path)
def test_log_and_jmx_have_the_version(server, war):
    server.log.wait_for(r"'app:application' .*%s\b" % war.path)
    # The client of JMX takes the context as it is in the name: quoted, for its #.
    quoted = War('"%s"' % war.path)
    found = Site(server, quoted).jmx("State", "Generation")
    assert found == "READY\n1"


def test_newest_version_answers_and_says_which_it_is(server):
    assert _get(server, "/app").body == b"002"
    assert _get(server, "/isthmus/status.json").json()["context"] == PATH + "##002"
    metrics = _get(server, "/isthmus/metrics").body.decode()
    assert 'context="%s##002"' % PATH in metrics
    assert 'context="%s"' % PATH not in metrics


def _contexts(server):
    """{context: the whole name} of the beans of all versions."""
    names = server.beans('org.isthmus:type=Application,context="%s*",*' % PATH)
    return {name.partition("context=")[2].split('"')[1]: name for name in names}


def test_version_that_replaces_another_one_has_its_own_name(server):
    old, kept = WARS
    new = _war("003")
    mark = server.log.mark()
    server.undeploy(old)
    server.log.wait_for(messages.stopped(old.path), mark)
    assert set(_contexts(server)) == {kept.path}
    cookie = _get(server, "/app?stay").header("Set-Cookie").partition(";")[0]
    server.deploy_while_running(new)
    server.log.wait_for(r"'app:application' .*%s\b" % new.path, mark)
    beans = _contexts(server)
    assert set(beans) == {kept.path, new.path}
    assert [name for name in beans.values() if "number=" in name] == []
    assert _get(server, "/app").body == b"003"
    # Who has a session stays with the version that has it.
    assert _get(server, "/app", [("Cookie", cookie)]).body == kept.path[-3:].encode()
    assert _get(server, "/isthmus/status.json").json()["context"] == new.path
    metrics = _get(server, "/isthmus/metrics").body.decode()
    assert 'context="%s"' % new.path in metrics
    server.undeploy(new)
    server.log.wait_for(messages.stopped(new.path), mark)
    assert set(_contexts(server)) == {kept.path}
    assert _get(server, "/app").body == b"002"
