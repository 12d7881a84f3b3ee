"""WsgiFilter: files and other servlets first, Python for the rest, and no trial."""

from urllib.parse import quote

import pytest

import client
from handshake import HANDSHAKE
from paths import HERE
from wars import War
from webxml import Filter, Servlet, WebXml

SITE = "/site/filter"
PLAIN = "functional.PlainServlet"

# Files below the document root, by names that are hard to get right.
FILES = [
    "page.txt",
    "deep/er/page.txt",
    "with space.txt",
    "gr\u00fc\u00dfe \u65e5.txt",
    "plus+and&.txt",
    "100%.txt",
    "100%41.txt",
    "semi;colon.txt",
    "no_extension",
    "dot.d/page",
    "docs/index.html",
    # Beside WEB-INF and META-INF, by the first letters alone.
    "web-info.html",
    "WEB-INFO/page.txt",
    "meta-inf.txt",
]

WARS = [
    War(
        SITE,
        WebXml(
            filters=[
                Filter("upstream", ["/*"], class_name="functional.UpstreamFilter"),
                Filter("rest", ["/*"], {"isthmus.app": "rest:application"}),
                Filter("endpoint", ["/*"], class_name="functional.EndpointFilter"),
            ],
            servlets=[
                Servlet("plain", ["/plain/*", "*.view", "/ex"], class_name=PLAIN)
            ],
        ),
        files={
            "WEB-INF/app": HERE / "sites" / "filter",
            "META-INF/notes.txt": "secret notes",
            **{name: "file " + name for name in FILES},
        },
        java=[
            "functional/%s.java" % name
            for name in ("PlainServlet", "UpstreamFilter", "EndpointFilter")
        ],
    )
]


def _ask(server, path, method="GET", headers=(), body=None):
    return client.fetch(server.address, method, SITE + path, headers, body)


def _python(method, path):
    return ("python: %s %s %s" % (method, SITE, path)).encode("latin-1")


@pytest.mark.parametrize("name", FILES)
def test_file_is_the_containers(server, name):
    response = _ask(server, "/" + quote(name))
    if "%" in name and server.name.startswith("jetty"):
        # docs/containers.md: Jetty refuses %25 before anybody is asked.
        assert response.status == 400
    else:
        assert (response.status, response.body) == (200, ("file " + name).encode())


def test_file_is_the_containers_for_head_too(server):
    response = _ask(server, "/page.txt", "HEAD")
    assert (response.status, response.header("Content-Length")) == (200, "13")


def test_file_is_the_containers_with_a_session_in_its_path(server):
    # What encodeURL makes of a link for a client without cookies.
    response = _ask(server, "/page.txt;jsessionid=0123456789ABCDEF")
    assert (response.status, response.body) == (200, b"file page.txt")


def test_file_has_the_containers_conditions_and_ranges(server):
    response = _ask(server, "/page.txt", headers=[("Range", "bytes=5-8")])
    assert (response.status, response.body) == (206, b"page")
    tag = _ask(server, "/page.txt").header("Last-Modified")
    response = _ask(server, "/page.txt", headers=[("If-Modified-Since", tag)])
    assert (response.status, response.body) == (304, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_other_methods_at_the_path_of_a_file_are_pythons(server, method):
    response = _ask(server, "/page.txt", method, body=b"x")
    assert response.body == _python(method, "/page.txt")


@pytest.mark.parametrize("path", ["/none.txt", "/page.txt/", "/page.txt/more", "/"])
def test_missing_file_is_pythons(server, path):
    assert _ask(server, path).body == _python("GET", path)


@pytest.mark.parametrize("path", ["/deep", "/deep/", "/deep/er/"])
def test_directory_without_an_index_is_pythons(server, path):
    assert _ask(server, path).body == _python("GET", path)


def test_directory_with_an_index_is_the_containers(server):
    response = _ask(server, "/docs/")
    assert (response.status, response.body) == (200, b"file docs/index.html")


def test_directory_without_its_slash_is_redirected_by_the_container(server):
    response = _ask(server, "/docs?q=1")
    assert response.status in (301, 302)
    assert response.header("Location").endswith(SITE + "/docs/?q=1")


@pytest.mark.parametrize("path", ["/plain/x", "/any/thing.view", "/ex"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_other_servlets_are_the_containers(server, path, method):
    response = _ask(server, path, method)
    assert response.status == 200
    assert response.all("Set-Cookie") == ["upstream=kept"]


def test_other_servlet_refuses_a_method_by_itself(server):
    assert _ask(server, "/plain/x", "POST", body=b"").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/WEB-INF/web.xml",
        "/WEB-INF/app/rest.py",
        "/web-inf/web.xml",
        "/WEB-INF",
        "/WEB-INF/",
        "//WEB-INF/web.xml",
        "/./WEB-INF/web.xml",
        "/deep/../WEB-INF/web.xml",
        "/WEB-INF;x/web.xml",
        "/%57EB-INF/web.xml",
        "/WEB-INF%2Fweb.xml",
        "/META-INF/notes.txt",
        "/META-INF;x/notes.txt",
    ],
)
@pytest.mark.parametrize("tuned", [False, True], ids=["as it is", "tuned"])
def test_nothing_of_web_inf_is_served(server, path, tuned):
    address = server.tuned_address if tuned else server.address
    response = client.fetch(address, "GET", SITE + path)
    for secret in (b"<web-app", b"def application", b"secret notes"):
        assert secret not in response.body
    assert response.status in (400, 404) or response.body.startswith(b"python: ")


@pytest.mark.parametrize("path", ["/page.txt", "/plain/x", "/none"])
def test_headers_and_cookies_of_an_upstream_filter_go_out(server, path):
    response = _ask(server, path)
    assert response.header("X-Upstream") == "kept"
    assert "upstream=kept" in response.all("Set-Cookie")


def test_cookies_of_python_stand_beside_those_of_an_upstream_filter(server):
    cookies = _ask(server, "/none").all("Set-Cookie")
    assert sorted(cookies) == ["python=set", "upstream=kept"]


@pytest.mark.parametrize(
    "path, calls", [("/none", " setStatus 200"), ("/page.txt", "")]
)
def test_nothing_is_tried_and_taken_back(server, path, calls):
    mark = server.log.mark()
    _ask(server, path)
    server.log.wait_for(r"upstream of %s%s: %s\.$" % (SITE, path, calls), mark)


def test_handshake_of_a_websocket_goes_on_to_its_endpoint(server):
    assert _ask(server, "/socket", headers=HANDSHAKE).body == b"an endpoint"
    # A directory is no endpoint.
    assert _ask(server, "/deep/", headers=HANDSHAKE).status == 501
    assert _ask(server, "/deep/er", headers=HANDSHAKE).status == 501
    # It is one with GET alone.
    posted = _ask(server, "/socket", "POST", HANDSHAKE, b"")
    assert posted.body == _python("POST", "/socket")
