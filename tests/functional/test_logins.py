"""isthmus.user after the container's DIGEST and CLIENT-CERT logins."""

import hashlib
import re
import ssl

import client
from paths import HERE
from users import PASSWORDS, REALM, ROLE
from wars import War
from webxml import Servlet, WebXml

DIGEST, CERTIFICATE = "/digest-login", "/certificate-login"
LOGIN = """  <security-constraint>
    <web-resource-collection>
      <web-resource-name>members</web-resource-name>
      <url-pattern>/*</url-pattern>
    </web-resource-collection>
    <auth-constraint><role-name>{0}</role-name></auth-constraint>
  </security-constraint>
  <login-config>
    <auth-method>{2}</auth-method>
    <realm-name>{1}</realm-name>
  </login-config>
  <security-role><role-name>{0}</role-name></security-role>
"""


def _war(path, method):
    return War(
        path,
        WebXml(
            servlets=[Servlet("app", ["/*"], {"isthmus.app": "logs_in:application"})],
            extra=LOGIN.format(ROLE, REALM, method),
        ),
        files={"WEB-INF/app/logs_in.py": HERE / "apps" / "logs_in.py"},
        # 401 and 403 say that it is up.
        probe="/who",
    )


WARS = [_war(DIGEST, "DIGEST"), _war(CERTIFICATE, "CLIENT-CERT")]


def _md5(*parts):
    return hashlib.md5(":".join(parts).encode()).hexdigest()


def _challenge(response):
    """What MD5 needs of WWW-Authenticate (RFC 7616, 3.3), among other offers."""
    for value in response.all("WWW-Authenticate"):
        found = dict(re.findall(r'(\w+)="?([^",]+)"?', value))
        if found.get("algorithm", "MD5") == "MD5":
            return found
    raise AssertionError("no MD5 in %r" % response.headers)


def _digest(server, path, password):
    """The answer to alice's Digest login (RFC 7616, 3.4)."""
    uri = DIGEST + path
    with client.Connection(server.address) as connection:
        connection.request("GET", uri)
        refused = connection.receive()
    assert refused.status == 401
    asked = _challenge(refused)
    known = _md5("alice", asked["realm"], password)
    nonce, count, own = asked["nonce"], "00000001", "0a4f113b"
    proof = _md5(known, nonce, count, own, "auth", _md5("GET", uri))
    fields = {
        "username": "alice",
        "realm": asked["realm"],
        "nonce": nonce,
        "uri": uri,
        "cnonce": own,
        "response": proof,
        "opaque": asked.get("opaque"),
    }
    text = ", ".join('%s="%s"' % pair for pair in fields.items() if pair[1])
    value = "Digest %s, qop=auth, nc=%s, algorithm=MD5" % (text, count)
    return client.fetch(server.address, "GET", uri, [("Authorization", value)])


def test_digest_login_is_known(server):
    secret = PASSWORDS["alice"]
    assert _digest(server, "/type", secret).json() == ["alice", "DIGEST"]
    assert _digest(server, "/who", secret).json() == ["alice", True, False]


def test_digest_with_another_password_is_refused(server):
    assert _digest(server, "/who", "another").status == 401


def _by_certificate(server, path, known):
    files = server.certificates
    tls = ssl.create_default_context(cafile=files / "server.pem")
    if known:
        tls.load_cert_chain(files / "client.pem", files / "client-key.pem")
    with client.Connection(server.secure_address, tls=tls) as connection:
        connection.request("GET", CERTIFICATE + path, [("Connection", "close")])
        return connection.receive()


def test_certificate_of_the_client_is_a_login(server):
    name, kind = _by_certificate(server, "/type", True).json()
    assert (name, kind) == (server.client_user, "CLIENT_CERT")
    who = _by_certificate(server, "/who", True).json()
    assert who == [server.client_user, True, False]


def test_client_without_a_certificate_is_refused(server):
    assert _by_certificate(server, "/who", False).status in (401, 403)
