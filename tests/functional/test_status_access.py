"""Whom StatusServlet answers, and what it tells an orchestrator."""

import base64

import pytest

import watched
from users import PASSWORDS

LOGIN = "alice:" + PASSWORDS["alice"]
ALICE = ("Authorization", "Basic " + base64.b64encode(LOGIN.encode()).decode())

WARS = [watched.WAR]


@pytest.fixture
def ask(server):
    """Ask the watched web application for a path, and require an answer."""
    return watched.asking(server)


def test_nothing_is_there_by_default(ask):
    for path in ("health", "ready", "status", "status.json", "modules.json", ""):
        ask("/closed/" + path, 404)


def test_other_names_are_not_there(ask):
    ask("/isthmus/other", 404)
    ask("/isthmus/status/", 200)
    ask("/isthmus/status/other", 404)


@pytest.mark.parametrize(
    "header",
    [
        ("X-Forwarded-For", "127.0.0.1"),
        ("Forwarded", "for=127.0.0.1"),
        ("Via", "1.1 proxy"),
        ("Host", "attacker.example"),
    ],
    ids=lambda header: header[0],
)
def test_loopback_is_no_proxy_and_no_strange_name(ask, header):
    ask("/isthmus/status.json", 404, [header])
    ask("/isthmus/health", 200, [header])


def test_role_is_the_containers(ask):
    ask("/members/status.json", 401)
    ask("/members/status.json", 200, [ALICE])


def test_who_is_logged_in_without_the_role_finds_nothing(ask):
    ask("/operators/status.json", 404, [ALICE])


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS", "DELETE", "PROPFIND"])
def test_no_method_tells_strangers_that_it_is_there(ask, method):
    assert ask("/closed/status", 404, method=method).header("Allow") is None
    ask("/isthmus/status", 404, [("Via", "1.1 proxy")], method)


def test_only_looking_is_possible(ask, server):
    allowed = "GET, HEAD, OPTIONS"
    refused = ask("/isthmus/status.json", 405, method="POST", body=b"")
    assert refused.header("Allow") == allowed
    # It would echo cookies to a script that has no business with them. Jetty refuses it
    # by a rule of its own.
    refused = 403 if server.name.startswith("jetty") else 405
    ask("/isthmus/status.json", refused, method="TRACE")
    assert ask("/isthmus/status", method="OPTIONS").header("Allow") == allowed
    assert ask("/isthmus/health", method="HEAD").body == b""


def test_metrics_are_for_whom_the_status_is_for(ask):
    ask("/isthmus/metrics", 404, [("Via", "1.1 proxy")])
    ask("/closed/metrics", 404)
    ask("/members/metrics", 401)
    ask("/operators/metrics", 404, [ALICE])


def test_metrics_alone_can_be_for_everyone(ask):
    from_elsewhere = [("Via", "1.1 proxy")]
    scraped = ask("/scraped/metrics", 200, from_elsewhere)
    assert b"isthmus_ready" in scraped.body
    for path in ("", "status", "status.json", "modules.json", "health"):
        ask("/scraped/" + path, 404, from_elsewhere)


@pytest.mark.parametrize(
    "asked, answer", [("health", b"alive\n"), ("ready", b"ready\n")]
)
def test_orchestrator_is_told(ask, asked, answer):
    response = ask("/isthmus/" + asked)
    assert response.body == answer
    assert response.header("Cache-Control") == "no-store"
