"""Identification and Authentication: Basic, Digest, a form, and the container's."""

import base64
import hashlib
import re
import urllib.parse
import urllib.request

import pytest

from isthmus.middleware import digest, forms, passwords
from isthmus.middleware.digest import Digest, secret_of
from isthmus.middleware.forms import Form
from isthmus.middleware.identification import (
    Authentication,
    Basic,
    Identification,
    make_authentication,
    make_identification,
)
from isthmus.middleware.session import Sessions

TEXT = [("Content-Type", "text/plain")]
USERS = {"alice": "secret", "jos\u00c3\u00a9": "p\u00e4:ss"}


def is_right(user, password):
    return user in USERS and USERS[user].encode() == password


def who(environ, start_response):
    start_response("200 OK", list(TEXT))
    text = "%s %s" % (environ.get("REMOTE_USER"), environ.get("AUTH_TYPE"))
    return [text.encode("latin-1")]


def guarded(*ways, **options):
    return Identification(Authentication(who, **options), ways)


# Basic.


def basic(user, password):
    token = base64.b64encode(b"%s:%s" % (user, password)).decode()
    return {"HTTP_AUTHORIZATION": "Basic " + token}


BASIC = guarded(Basic('the "shop"', is_right))


def test_basic_asks(ask):
    answer = ask(BASIC)
    assert answer.status == "401 Unauthorized"
    challenge = 'Basic realm="the \\"shop\\"", charset="UTF-8"'
    assert answer.headers["WWW-Authenticate"] == challenge


@pytest.mark.parametrize(
    "user, password",
    [(b"alice", b"secret"), ("jos\u00e9".encode(), "p\u00e4:ss".encode())],
)
def test_basic_lets_in(ask, user, password):
    assert ask(BASIC, **basic(user, password)).body == user + b" Basic"


@pytest.mark.parametrize(
    "sent",
    [
        basic(b"alice", b"Secret"),
        basic(b"alice", b""),
        basic(b"bob", b"secret"),
        basic(b"", b""),
        {"HTTP_AUTHORIZATION": "Basic"},
        {"HTTP_AUTHORIZATION": "Basic !"},
        {"HTTP_AUTHORIZATION": "Basic YWxpY2U="},
        {"HTTP_AUTHORIZATION": "Bearer x"},
    ],
)
def test_basic_keeps_out(ask, sent):
    answer = ask(BASIC, **sent)
    assert answer.status == "401 Unauthorized"
    assert b"secret" not in answer.body.lower()


def test_realm_cannot_break_out_of_its_header():
    with pytest.raises(ValueError, match="printable ASCII"):
        Basic("a\r\nSet-Cookie: b", is_right)


# Who may.


def test_server_that_knows_who_it_is_is_believed(ask):
    app = guarded(Basic("shop", is_right), allowed=["carol"])
    answer = ask(app, REMOTE_USER="carol", AUTH_TYPE="FORM", **basic(b"alice", b"x"))
    assert answer.body == b"carol FORM"


def test_somebody_who_may_not_gets_403(ask):
    app = guarded(Basic("shop", is_right), allowed=["carol"])
    assert ask(app, **basic(b"alice", b"secret")).status == "403 Forbidden"


def test_nobody_gets_403_where_there_is_no_way_in(ask):
    assert ask(Authentication(who)).status == "403 Forbidden"


@pytest.mark.parametrize("role, status", [("member", "200 OK"), ("x", "403 Forbidden")])
def test_role_of_the_container_lets_in(ask, role, status):
    class Request:
        def isUserInRole(self, asked):
            return asked == "member"

    app = Authentication(who, role=role)
    assert ask(app, REMOTE_USER="a", isthmus__request=Request()).status == status
    assert ask(app, REMOTE_USER="a").status == "403 Forbidden"


# Passwords.


def test_hash_has_a_salt_and_holds():
    one, other = (passwords.hashed("p\u00e4ss", 10) for _ in range(2))
    assert one != other and "ss" not in one.partition("$")[2][:3]
    check = passwords.Passwords({"alice": one, "bob": other})
    for _ in range(2):
        assert check("alice", "p\u00e4ss".encode())
        assert not check("alice", b"pass")
        assert not check("carol", b"") and not check("carol", "p\u00e4ss".encode())


@pytest.mark.parametrize("text", ["", "secret", "pbkdf2-sha256$x$YQ==$YQ==", "md5"])
def test_malformed_hash_is_refused_by_its_user_alone(text):
    with pytest.raises(ValueError) as caught:
        passwords.Passwords({"alice": text})
    assert "'alice'" in str(caught.value) and "hash" in str(caught.value)
    assert not text or text not in str(caught.value).replace("'alice'", "")


@pytest.mark.parametrize(
    "one, other, same",
    [(b"", b"", True), (b"a", b"a", True), (b"a", b"b", False), (b"a", b"ab", False)],
)
def test_octets_are_compared(one, other, same):
    assert passwords.equal(one, other) is same


def test_paste_deploy_reads_users_from_a_file(ask, tmp_path):
    file = tmp_path / "users"
    lines = "# who\n\n{0}:{2}\n{1}:{2}\n"
    users = ("alice", "jos\u00e9", passwords.hashed("secret", 10))
    file.write_text(lines.format(*users), encoding="utf-8")
    guard = make_authentication({}, allowed="alice, jos\u00c3\u00a9")
    app = make_identification({}, "shop", str(file))(guard(who))
    for user in (b"alice", "jos\u00e9".encode()):
        assert ask(app, **basic(user, b"secret")).body == user + b" Basic"
    assert ask(app).status == "401 Unauthorized"


# Digest: an independent client is urllib's.


def secret(algorithm, user):
    if user not in USERS:
        return None
    return secret_of(algorithm, user, "shop", USERS[user])


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
    "line, said",
    [
        ("alice:other:" + "0" * 64, "realm 'shop'"),
        ("", "realm 'shop'"),
        ("alice:shop:secret", "user 'alice'"),
    ],
)
def test_secrets_that_let_nobody_in_are_refused(tmp_path, line, said):
    with pytest.raises(ValueError, match=said):
        digest.make_filter({}, "shop", secrets_file(tmp_path, line))


# A form.


class Visitor:
    def __init__(self, ask, app=None):
        self.app = Sessions(app or guarded(Form(is_right)))
        self.ask, self.cookie = ask, ""

    def __call__(self, path, method="GET", query="", origin=None, **fields):
        body = urllib.parse.urlencode(fields).encode()
        more = {"HTTP_COOKIE": self.cookie, "QUERY_STRING": query, "SCRIPT_NAME": "/m"}
        if origin:
            more.update(HTTP_ORIGIN=origin, HTTP_HOST="shop.example")
        answer = self.ask(self.app, path, method, body, **more)
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return answer


def test_form_leads_in_and_back_to_where_somebody_wanted_to_go(ask):
    visit = Visitor(ask)
    answer = visit("/basket", query="a=1&b=<")
    assert answer.status == "303 See Other"
    path, _, query = answer.headers["Location"].partition("?")
    assert path == "/m/login"
    page = visit("/login", query=query)
    assert page.status == "200 OK"
    assert b'action="/m/login"' in page.body
    wanted = re.search(rb'name="next" value="([^"]*)"', page.body).group(1)
    assert wanted == b"/m/basket?a=1&amp;b=&lt;"
    wrong = visit("/login", "POST", user="alice", password="no", next="/m/x")
    assert wrong.status == "401 Unauthorized" and b'role="alert"' in wrong.body
    visit.cookie = before = ""
    wanted = "/m/basket?a=1"
    right = visit("/login", "POST", user="alice", password="secret", next=wanted)
    assert right.status == "303 See Other"
    assert right.headers["Location"] == "/m/basket?a=1"
    assert visit.cookie != before
    assert visit("/basket").body == b"alice Form"


def test_paste_deploy_reads_users_of_the_form_from_a_file(ask, tmp_path):
    file = tmp_path / "users"
    file.write_text("alice:" + passwords.hashed("secret", 10), encoding="utf-8")
    app = forms.make_filter({}, str(file), path="/in")(make_authentication({})(who))
    visit = Visitor(ask, app)
    assert visit("/basket").headers["Location"].startswith("/m/in?")
    visit("/in", "POST", user="alice", password="secret")
    assert visit("/basket").body == b"alice Form"


def test_login_has_a_new_session(ask):
    visit = Visitor(ask)
    visit("/login", "POST", user="alice", password="secret")
    before = visit.cookie
    visit("/login", "POST", user="alice", password="secret")
    after, visit.cookie = visit.cookie, before
    assert after != before
    assert visit("/basket").status == "303 See Other"


def test_user_beyond_ascii_is_the_octets_that_were_sent(ask):
    visit = Visitor(ask)
    visit("/login", "POST", user="jos\u00e9", password="p\u00e4:ss")
    assert visit("/basket").body == "jos\u00e9 Form".encode()


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https://evil.example", "", "x\r\nY: z"],
)
def test_login_never_leads_to_another_site(ask, wanted):
    answer = Visitor(ask)(
        "/login", "POST", user="alice", password="secret", next=wanted
    )
    assert answer.headers["Location"] == "/m"


def test_logout_is_a_post_and_ends_it(ask):
    visit = Visitor(ask)
    visit("/login", "POST", user="alice", password="secret")
    assert visit("/logout").status == "405 Method Not Allowed"
    assert visit("/basket").body == b"alice Form"
    assert visit("/logout", "POST").status == "303 See Other"
    assert visit("/basket").status == "303 See Other"


def test_form_that_was_sent_elsewhere_is_not_lost_in_a_redirection(ask):
    assert Visitor(ask)("/basket", "POST").status == "403 Forbidden"


def test_large_form_is_refused(ask):
    answer = Visitor(ask)("/login", "POST", user="a" * 20000)
    assert answer.status == "413 Content Too Large"


@pytest.mark.parametrize(
    "accept, status",
    [("text/html,*/*", "303 See Other"), ("*/*", "401 Unauthorized")],
)
def test_people_get_the_form_and_programs_what_they_can_answer(ask, accept, status):
    app = Sessions(guarded(Form(is_right), Basic("shop", is_right)))
    assert ask(app, HTTP_ACCEPT=accept).status == status
    assert ask(app, **basic(b"alice", b"secret")).body == b"alice Basic"


def test_form_without_sessions_says_so(ask):
    with pytest.raises(RuntimeError, match="Sessions around Identification"):
        ask(guarded(Form(is_right)))


@pytest.mark.parametrize("path", ["/login", "/logout"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_form_of_another_site_is_refused(ask, path, origin):
    fields = {"user": "alice", "password": "secret"}
    answer = Visitor(ask)(path, "POST", origin=origin, **fields)
    assert answer.status == "403 Forbidden"
    ours = Visitor(ask)(path, "POST", origin="https://shop.example", **fields)
    assert ours.status == "303 See Other"
