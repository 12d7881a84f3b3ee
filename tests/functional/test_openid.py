"""OpenID Connect by Jetty's module, with a provider of our own, on both engines."""

import re

import pytest
import requests

import certificates
import containers
import engines
import identity
from paths import HERE
from wars import War
from webxml import Servlet, WebXml

# A Jetty of its own costs more than a few seconds.
pytestmark = pytest.mark.matrix
SITE = HERE / "sites" / "openid"
INI = (SITE / "openid.ini").read_text()
BASE = "jetty-openid-baseloginservice.xml"


def _war(engine):
    servlet = Servlet("app", ["/*"], {"isthmus.app": "claims:application"})
    return War(
        "/" + engine,
        WebXml(
            servlets=[servlet],
            context_params=dict(engines.KINDS[engine].settings),
            extra=(SITE / "login.xml").read_text(),
        ),
        files={"WEB-INF/app/claims.py": SITE / "claims.py"},
        probe="/who",
    )


WARS_OF_IT = [_war(engine) for engine in engines.KINDS]


@pytest.fixture(scope="module")
def provider(tmp_path_factory, request):
    keys = tmp_path_factory.mktemp("openid") / "keys"
    certificates.write(keys, request.config.jdks[0])
    client, secret = re.findall(r"client(?:Id|Secret)=(.*)", INI)
    provider = identity.Provider(client, secret, keys / "server-key.pem")
    yield provider
    provider.close()


@pytest.fixture(scope="module", params=["jetty-ee10", "jetty-ee8"])
def jetty(request, tmp_path_factory, provider):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("openid") / "base"
    jetty = containers.create(request.param, jdk, compiler=jdk, base=base)
    ini = re.sub("https://.*", provider.issuer, INI)
    if request.param == "jetty-ee8":
        ini += "--module=ee8-openid\n"
    jetty.files = {
        "start.d/openid.ini": ini,
        "etc/" + BASE: jetty.home / "modules" / "openid" / BASE,
    }
    jetty.start(WARS_OF_IT)
    yield jetty
    jetty.stop()


@pytest.fixture(params=list(engines.KINDS))
def ask(request, jetty):
    """Ask as a browser does, which follows to the provider and back."""
    visitor = requests.Session()
    address = "http://127.0.0.1:%d/%s" % (jetty.port, request.param)
    yield lambda path: visitor.get(address + path, timeout=60)
    visitor.close()


def test_user_of_the_provider_is_the_remote_user(ask):
    assert ask("/who").json() == [None, None, None]
    response = ask("/in/who")
    assert response.json() == ["alice", "alice", "OPENID"]
    # Out to the provider, back, and to the page that was asked for.
    assert len(response.history) == 3
    response = ask("/in/who")
    assert (response.json()[0], response.history) == ("alice", [])


def test_claims_are_in_the_session(ask, provider):
    assert ask("/in/email").json() == "alice@example.org"
    claims = ask("/in/claims").json()
    assert claims["groups"] == ["tea", "cakes"]
    assert (claims["iss"], claims["aud"]) == (provider.issuer, provider.audience)


def test_logout_asks_the_provider_again(ask):
    ask("/in/who")
    assert ask("/in/logout").json() is None
    assert len(ask("/in/who").history) == 3


def _assert_refused(ask, path):
    response = ask(path)
    # The page for errors is the application's own.
    assert response.url.partition("?")[0].endswith("/refused")
    assert response.status_code == 403
    assert ask("/who").json() == [None, None, None]
    return response.json()


def test_user_whom_the_provider_refuses_is_nobody(ask, provider, monkeypatch):
    monkeypatch.setattr(provider, "refuses", True)
    assert "error=access_denied" in _assert_refused(ask, "/in/who")


def test_token_for_another_client_is_refused(ask, provider, monkeypatch):
    monkeypatch.setattr(provider, "audience", "another-shop")
    _assert_refused(ask, "/in/who")


def test_state_that_nobody_has_been_given_is_refused(ask):
    _assert_refused(ask, "/j_security_check?code=forged&state=forged")


def test_code_that_the_provider_does_not_know_is_refused(ask, provider, monkeypatch):
    monkeypatch.setattr(provider, "forges", True)
    _assert_refused(ask, "/in/who")
