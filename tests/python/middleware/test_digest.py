"""Digest, with urllib as an independent client, and its file of secrets."""

import hashlib
import re
import urllib.parse
import urllib.request

import pytest

from guarded import guarded, secret, who
from isthmus.middleware import digest
from isthmus.middleware.digest import Digest, secret_of
from isthmus.middleware.identification import make_authentication


class Client(urllib.request.AbstractDigestAuthHandler):
    auth_header = "Authorization"

    def __init__(self, password="secret"):
        super().__init__()
        self.add_password("shop", "http://127.0.0.1/", "alice", password)

    def get_algorithm_impls(self, algorithm):
        if algorithm != "SHA-256":
            return super().get_algorithm_impls(algorithm)

        def hashed(text):
            return hashlib.sha256(text.encode("ascii")).hexdigest()

        return hashed, lambda secret, data: hashed("%s:%s" % (secret, data))

    def answer(self, challenge, target="/x?q=1"):
        """The Authorization field for a challenge."""
        request = urllib.request.Request("http://127.0.0.1" + target)
        parts = urllib.request.parse_http_list(challenge.partition(" ")[2])
        made = self.get_authorization(request, urllib.request.parse_keqv_list(parts))
        return {"HTTP_AUTHORIZATION": "Digest " + made}


REQUEST = {"QUERY_STRING": "q=1"}


def challenges(answer):
    return [v for n, v in answer.heads[-1][1] if n == "WWW-Authenticate"]


@pytest.mark.parametrize("algorithm", ["SHA-256", "MD5"])
def test_digest_lets_in_once_with_each_count(ask, algorithm):
    app = guarded(Digest("shop", secret, [algorithm]))
    (challenge,) = challenges(ask(app, "/x", **REQUEST))
    client = Client()
    first = client.answer(challenge)
    assert ask(app, "/x", **REQUEST, **first).body == b"alice Digest"
    again = ask(app, "/x", **REQUEST, **first)
    assert again.status == "401 Unauthorized" and "stale=true" in challenges(again)[0]
    # The same nonce with the next count.
    assert ask(app, "/x", **REQUEST, **client.answer(challenge)).body == b"alice Digest"


def test_digest_offers_the_best_first(ask):
    app = guarded(Digest("shop", secret, ["SHA-256", "MD5"]))
    found = [re.search(r"algorithm=([\w-]+)", c).group(1) for c in challenges(ask(app))]
    assert found == ["SHA-256", "MD5"]


def test_digest_of_another_request_is_worth_nothing(ask):
    app = guarded(Digest("shop", secret))
    (challenge,) = challenges(ask(app, "/x", **REQUEST))
    sent = Client().answer(challenge)
    for path, method, query in [
        ("/y", "GET", "q=1"),
        ("/x", "GET", "q=2"),
        ("/x", "POST", "q=1"),
    ]:
        answer = ask(app, path, method, QUERY_STRING=query, **sent)
        assert answer.status == "401 Unauthorized"
    assert ask(app, "/x", **REQUEST, **sent).body == b"alice Digest"


def test_digest_of_a_wrong_password_keeps_out(ask):
    app = guarded(Digest("shop", secret))
    (challenge,) = challenges(ask(app, "/x", **REQUEST))
    answer = ask(app, "/x", **REQUEST, **Client("Secret").answer(challenge))
    assert answer.status == "401 Unauthorized" and "stale" not in challenges(answer)[0]


def test_nonce_of_another_server_is_stale(ask):
    app = guarded(Digest("shop", secret))
    (challenge,) = challenges(ask(guarded(Digest("shop", secret)), "/x", **REQUEST))
    answer = ask(app, "/x", **REQUEST, **Client().answer(challenge))
    assert "stale=true" in challenges(answer)[0]


def test_nonce_grows_old(ask, monkeypatch):
    app = guarded(Digest("shop", secret, lifetime=60))
    (challenge,) = challenges(ask(app, "/x", **REQUEST))
    import time

    later = time.time() + 61
    monkeypatch.setattr("time.time", lambda: later)
    answer = ask(app, "/x", **REQUEST, **Client().answer(challenge))
    assert "stale=true" in challenges(answer)[0]


@pytest.mark.parametrize(
    "sent",
    [
        "Digest",
        "Digest nonsense",
        'Digest username="alice", realm="shop", nonce="x", uri="/x", response="",'
        ' qop=auth, nc=1, cnonce="", algorithm=SHA-256',
        'Digest username="alice", realm="shop", nonce="\u00e9", uri="/x", qop=auth,'
        ' response="\u00e9", nc=1, cnonce="", algorithm=SHA-256',
    ],
)
def test_malformed_digest_keeps_out(ask, sent):
    app = guarded(Digest("shop", secret))
    assert ask(app, "/x", HTTP_AUTHORIZATION=sent).status == "401 Unauthorized"


def secrets_file(directory, *lines):
    file = directory / "secrets"
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_paste_deploy_reads_secrets_from_a_file(ask, tmp_path):
    # One as Apache's htdigest has it, and one of ours.
    best = "alice:shop:" + secret_of("SHA-256", "alice", "shop", "secret")
    old = "alice:shop:" + secret_of("MD5", "alice", "shop", "secret").upper()
    file = secrets_file(tmp_path, "# who", old, best, "alice:other:nothing", "")
    app = digest.make_filter({}, "shop", file)(make_authentication({})(who))
    offered = challenges(ask(app, "/x", **REQUEST))
    assert ["SHA-256" in offered[0], "MD5" in offered[1]] == [True, True]
    for challenge in offered:
        sent = Client().answer(challenge)
        assert ask(app, "/x", **REQUEST, **sent).body == b"alice Digest"
        wrong = Client("wrong").answer(challenge)
        assert ask(app, "/x", **REQUEST, **wrong).status == "401 Unauthorized"


def test_old_secrets_alone_offer_no_more(ask, tmp_path):
    old = "alice:shop:" + secret_of("MD5", "alice", "shop", "secret")
    app = digest.make_filter({}, "shop", secrets_file(tmp_path, old))
    (challenge,) = challenges(ask(app(make_authentication({})(who))))
    assert "algorithm=MD5" in challenge


@pytest.mark.parametrize(
    "line, message",
    [
        ("alice:other:" + "0" * 64, "realm 'shop'"),
        ("", "realm 'shop'"),
        ("alice:shop:secret", "user 'alice'"),
    ],
)
def test_secrets_that_let_nobody_in_are_refused(tmp_path, line, message):
    with pytest.raises(ValueError, match=message):
        digest.make_filter({}, "shop", secrets_file(tmp_path, line))
