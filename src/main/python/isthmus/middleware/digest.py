"""Digest authentication (RFC 7616): the password itself never crosses the wire.

``python -m isthmus.middleware.digest USER REALM`` prompts for a password and prints the
user's line for a file of secrets.
"""

from __future__ import absolute_import

import binascii
import hashlib
import hmac
import os
import re
import threading
import time

from isthmus.middleware import identification, passwords

try:
    from urllib.parse import unquote_to_bytes as unquote
except ImportError:  # Python 2
    from urllib import unquote

_HASHES = {"SHA-256": hashlib.sha256, "MD5": hashlib.md5}
_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_NEEDED = {"username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce"}
_MAX_NONCES = 10000


class Digest(object):
    """Identifies users by Digest, with qop=auth only.

    A nonce is created by the server, expires, and accepts each count once: an
    eavesdropper cannot replay a request.

    **Threading.** Used by any number of threads; a lock guards the counts.

    :param realm: the protection space, as clients show it.
    :param secret: called with an algorithm, ``SHA-256`` or ``MD5``, and a user; returns
        what ``secret_of`` makes of the user's password, or None for an unknown user.
    :param algorithms: those offered, best first. MD5 is for old clients.
    :param lifetime: how many seconds a nonce is valid.
    """

    name = "Digest"

    def __init__(self, realm, secret, algorithms=("SHA-256",), lifetime=300):
        self.realm = realm
        self.secret = secret
        self.algorithms = tuple(algorithms)
        self.lifetime = lifetime
        self._key = os.urandom(32)
        self._counts = {}
        self._lock = threading.Lock()

    def identify(self, environ):
        sent = self._sent(environ)
        if sent is None or not self._is_right(environ, sent):
            return None
        if not self._is_fresh(sent):
            environ["isthmus.digest.stale"] = True
            return None
        return sent["username"]

    def challenge(self, environ):
        stale = ", stale=true" if environ.get("isthmus.digest.stale") else ""
        text = 'Digest realm=%s, qop="auth", algorithm=%s, nonce="%s"%s'
        realm = identification.quoted(self.realm)
        return [
            ("WWW-Authenticate", text % (realm, name, self._nonce(), stale))
            for name in self.algorithms
        ]

    def _sent(self, environ):
        """Return the parameters of the Authorization field if they are usable."""
        scheme, _, rest = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "digest":
            return None
        sent = {}
        for name, quoted, token in _PARAMETER.findall(rest):
            sent[name.lower()] = re.sub(r"\\(.)", r"\1", quoted) or token
        sent.setdefault("algorithm", "MD5")
        is_whole = _NEEDED <= set(sent) and sent["qop"] == "auth"
        is_ours = sent.get("realm") == self.realm
        is_known = sent["algorithm"] in self.algorithms
        return sent if is_whole and is_ours and is_known else None

    def _is_right(self, environ, sent):
        if not _is_of_request(sent["uri"], environ):
            return False
        hashed = _HASHES[sent["algorithm"]]
        secret = self.secret(sent["algorithm"], sent["username"])
        # The same amount of work for an unknown user.
        first = secret or _hex(hashed, os.urandom(16))
        second = _hex(hashed, _text(environ["REQUEST_METHOD"], sent["uri"]))
        parts = (first, sent["nonce"], sent["nc"], sent["cnonce"], "auth", second)
        wanted = _hex(hashed, _text(*parts))
        is_same = passwords.equal(_text(wanted), _text(sent["response"].lower()))
        return is_same and secret is not None

    def _is_fresh(self, sent):
        """Tell whether the nonce is ours and not expired, and its count is new."""
        made = sent["nonce"].partition("-")[0]
        known = passwords.equal(_text(sent["nonce"]), _text(self._nonce(made)))
        if not known or int(made[:8], 16) + self.lifetime < time.time():
            return False
        with self._lock:
            if len(self._counts) > _MAX_NONCES:
                self._forget()
            counts = self._counts.setdefault(sent["nonce"], set())
            is_new = sent["nc"] not in counts
            counts.add(sent["nc"])
            return is_new

    def _forget(self):
        oldest = "%08x" % int(time.time() - self.lifetime)
        for nonce in [n for n in self._counts if n < oldest]:
            del self._counts[nonce]

    def _nonce(self, made=None):
        """Return a nonce: its creation time, something random, and proof of both."""
        if made is None:
            noise = str(binascii.hexlify(os.urandom(8)).decode("ascii"))
            made = "%08x%s" % (int(time.time()), noise)
        proof = hmac.new(self._key, _text(made), hashlib.sha256).hexdigest()
        return "%s-%s" % (made, proof[:32])


def secret_of(algorithm, user, realm, password):
    """Return what the server stores of a password (RFC 7616, 3.4.2: A1, hashed)."""
    return _hex(_HASHES[algorithm], _text(user, realm, password))


def secrets_of(path, realm):
    """Return the secrets in a file: {(algorithm, user): secret}.

    :param path: a file of lines ``user:realm:secret``, as Apache's ``htdigest`` writes
        them for MD5. Lines of other realms are skipped.
    """
    secrets = {}
    for line in passwords.lines(path):
        user, _, rest = line.partition(":")
        of, _, secret = rest.rpartition(":")
        if secret and of == realm:
            algorithm = {32: "MD5", 64: "SHA-256"}.get(len(secret))
            if algorithm is None:
                raise ValueError("The secret of user '%s' is malformed." % user)
            secrets[algorithm, user] = secret.lower()
    if not secrets:
        raise ValueError("%s has no user of the realm '%s'." % (path, realm))
    return secrets


def make_filter(global_conf, realm, secrets, lifetime="300"):
    """``paste.filter_factory``: Identification by Digest, with the users of a file.

    :param secrets: the file, as for secrets_of. Offers SHA-256, and MD5 for users who
        have a line for it.
    """
    known = secrets_of(secrets, realm)
    found = set(algorithm for algorithm, _ in known)
    algorithms = [name for name in ("SHA-256", "MD5") if name in found]
    ways = [Digest(realm, lambda *key: known.get(key), algorithms, int(lifetime))]
    return lambda app: identification.Identification(app, ways)


def _is_of_request(uri, environ):
    path, _, query = uri.partition("?")
    asked = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    octets = asked if isinstance(asked, bytes) else asked.encode("latin-1")
    return unquote(path) == octets and query == environ.get("QUERY_STRING", "")


def _hex(hashed, octets):
    return hashed(octets).hexdigest()


def _text(*parts):
    """Return parts with colons between them, as octets."""
    octets = [p if isinstance(p, bytes) else p.encode("utf-8") for p in parts]
    return b":".join(octets)


if __name__ == "__main__":
    import getpass
    import sys

    if len(sys.argv) != 3:
        sys.exit("usage: python -m isthmus.middleware.digest USER REALM")
    user, realm = sys.argv[1:]
    secret = secret_of("SHA-256", user, realm, getpass.getpass())
    print("%s:%s:%s" % (user, realm, secret))
