"""Every method is the application's own affair (RFC 9110, 9), TRACE where it may be."""

import pytest

ASKED = ("environ",)
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "MKCOL"]
METHODS += ["LOCK", "REPORT", "QUERY", "M-SEARCH", "CUSTOM", "lower"]


@pytest.mark.parametrize("method", METHODS)
def test_method_reaches_the_application(mount, method):
    response = mount("environ").request(method, "/x", body=b"")
    assert response.status == 200
    assert response.json()["strings"]["REQUEST_METHOD"] == method


def test_head_reaches_the_application(mount):
    mounted = mount("environ")
    got = mounted.get("/x")
    response = mounted.request("HEAD", "/x")
    assert (response.status, response.body) == (200, b"")
    assert response.header("Content-Type") == got.header("Content-Type")


def test_trace_is_as_the_container_has_it(mount):
    mounted = mount("environ")
    # docs/containers.md: Tomcat's connector, and Jetty's default web.xml, refuse it.
    status = 405 if mounted.server.name.startswith("tomcat") else 403
    assert mounted.request("TRACE", "/x").status == status
