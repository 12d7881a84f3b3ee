"""An OpenID Connect provider: whoever comes is alice (OpenID Connect Core 1.0, 3.1)."""

import base64
import json
import subprocess
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

CLAIMS = {"sub": "alice", "email": "alice@example.org", "groups": ["tea", "cakes"]}


class Provider:
    """A provider on a free loopback port, with one client.

    :ivar refuses: whether the user is refused.
    :ivar forges: whether it hands out codes that it does not know later.
    :ivar audience: for whom its tokens are: the client, unless a test changes that.
    :param key: a file with an RSA key that signs the tokens.
    """

    def __init__(self, client, secret, key):
        self.refuses = self.forges = False
        self.audience = client
        self._client = (client, secret)
        self._key = key
        self._codes = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider._answer(self, urlsplit(self.path).query)

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                provider._answer(self, self.rfile.read(length).decode())

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.issuer = "http://127.0.0.1:%d" % self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, handler, query):
        ways = {
            "/.well-known/openid-configuration": self._discovery,
            "/authorize": self._authorize,
            "/token": self._token,
        }
        fields = {name: values[0] for name, values in parse_qs(query).items()}
        way = ways.get(urlsplit(handler.path).path)
        status, headers, answer = way(fields) if way else (404, {}, {})
        body = json.dumps(answer).encode()
        handler.send_response(status)
        headers = {"Content-Type": "application/json", **headers}
        for name, value in {**headers, "Content-Length": len(body)}.items():
            handler.send_header(name, str(value))
        handler.end_headers()
        handler.wfile.write(body)

    def _discovery(self, fields):
        places = {
            "issuer": self.issuer,
            "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token",
        }
        return 200, {}, places

    def _authorize(self, fields):
        asked = (fields["client_id"], fields["response_type"])
        assert asked == (self._client[0], "code"), fields
        assert "openid" in fields["scope"].split(), fields
        if self.refuses:
            answer = {"error": "access_denied"}
        else:
            answer = {"code": uuid.uuid4().hex}
            if not self.forges:
                self._codes[answer["code"]] = fields["redirect_uri"]
        query = urlencode({**answer, "state": fields["state"]})
        return 302, {"Location": "%s?%s" % (fields["redirect_uri"], query)}, {}

    def _token(self, fields):
        place = self._codes.pop(fields.get("code"), None)
        client = (fields.get("client_id"), fields.get("client_secret"))
        if client != self._client or not place or place != fields["redirect_uri"]:
            return 400, {}, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {**CLAIMS, "iss": self.issuer, "aud": self.audience}
        claims.update(iat=now, exp=now + 3600)
        answer = {"id_token": self._signed(claims), "access_token": uuid.uuid4().hex}
        return 200, {}, {**answer, "token_type": "Bearer", "expires_in": 3600}

    def _signed(self, claims):
        """A JSON Web Token, signed by RS256 (RFC 7515, appendix A.2)."""
        parts = [{"alg": "RS256", "typ": "JWT"}, claims]
        text = b".".join(_coded(json.dumps(part).encode()) for part in parts)
        command = ["openssl", "dgst", "-sha256", "-sign", str(self._key)]
        done = subprocess.run(command, input=text, capture_output=True, check=True)
        return b".".join([text, _coded(done.stdout)]).decode()


def _coded(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=")
