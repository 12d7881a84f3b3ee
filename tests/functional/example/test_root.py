"""The example at the root of a server, from an archive that stays one."""

import pytest

import client
import containers
import links
from example_war import SOURCES, ExampleWar
from paths import RUNS

# They want a POST; and one of them is the container's own.
POSTED = {"/logout", "/j_security_check"}


@pytest.fixture(scope="module")
def packed(request):
    chosen = request.config.getoption("container") or ["tomcat11"]
    jdk = request.config.jdks[0]
    base = RUNS / ("example-" + chosen[0])
    server = containers.create(chosen[0], jdk, compiler=jdk, base=base)
    server.start([ExampleWar("", layout="packed")])
    yield server
    server.stop()


def _get(server, path):
    return client.fetch(server.address, "GET", path)


def test_every_link_leads_somewhere(packed):
    seen, waiting = set(), {"/"}
    answers = {}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = _get(packed, path)
        answers[path] = response.status
        if (response.header("Content-Type") or "").startswith("text/html"):
            waiting |= links.of(response.body.decode("utf-8")) - seen - POSTED
    assert {path: status for path, status in answers.items() if status >= 400} == {}
    assert {"/hello", "/second/", "/static/icon.svg"} <= answers.keys()


def test_source_and_web_xml_are_shown_from_the_archive(packed):
    text = _get(packed, "/class/").body.decode("utf-8")
    assert "<code>class_app.py</code>" in text
    assert "configure:class_page" in text


def test_static_files_are_the_containers(packed):
    response = _get(packed, "/static/style.css")
    assert response.body == (SOURCES / "static" / "style.css").read_bytes()
    assert response.header("Last-Modified")


@pytest.mark.parametrize(
    "path",
    [
        "/WEB-INF/web.xml",
        "/WEB-INF/app/hello.py",
        "/static/../WEB-INF/app/hello.py",
        "/static/",
    ],
)
def test_nothing_below_web_inf_is_served(packed, path):
    response = _get(packed, path)
    assert response.status == 404
    assert b"Hello, world" not in response.body
