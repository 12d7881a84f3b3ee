"""isthmus.middleware on Jython: what depends on it, and on the servlet container.

What each of them does in detail is in tests/python/middleware.
"""

import base64
import re
import urllib.parse
import urllib.request
import zlib

import pytest

import client
from paths import HERE
from wars import War
from webxml import Servlet, WebXml

SITE = "/middleware"
WARS = [
    War(
        SITE,
        WebXml(
            servlets=[
                Servlet("layers", ["/layers/*"], {"isthmus.app": "layers:application"}),
                Servlet(
                    "xslt", ["/xslt/*"], {"isthmus.app": "transforming:application"}
                ),
            ],
            members={"/layers/members/*": "member", "/layers/others/*": "member"},
        ),
        {"WEB-INF/app": HERE / "sites" / "middleware"},
    )
]


def ask(server, path, headers=(), method="GET", body=None):
    return client.fetch(server.address, method, SITE + path, list(headers), body)


def basic(user, password):
    token = base64.b64encode((user + ":" + password).encode()).decode()
    return [("Authorization", "Basic " + token)]


def form(**fields):
    return {
        "method": "POST",
        "body": urllib.parse.urlencode(fields).encode(),
    }


FORM = ("Content-Type", "application/x-www-form-urlencoded")


# Who it is.


@pytest.mark.parametrize(
    "user, password", [("alice", "secret"), ("jos\u00e9", "p\u00e4ss")]
)
def test_basic_checks_a_hash_by_java(server, user, password):
    for _ in range(2):
        response = ask(server, "/layers/basic", basic(user, password))
        # Jetty's own login, if it knows the user, comes first and says BASIC.
        assert response.status == 200
        assert response.body.lower() == user.encode() + b" basic"
    response = ask(server, "/layers/basic", basic(user, password + "x"))
    assert response.status == 401
    assert response.header("WWW-Authenticate") == 'Basic realm="shop", charset="UTF-8"'


def test_digest_of_another_implementation_is_right(server):
    challenges = ask(server, "/layers/digest").all("WWW-Authenticate")
    (challenge,) = [c for c in challenges if "algorithm=MD5" in c]
    handler = urllib.request.AbstractDigestAuthHandler()
    handler.auth_header = "Authorization"
    target = "http://%s:%d%s/layers/digest" % (*server.address, SITE)
    handler.add_password("shop", target, "alice", "secret")
    parts = urllib.request.parse_http_list(challenge.partition(" ")[2])
    parts = urllib.request.parse_keqv_list(parts)
    made = handler.get_authorization(urllib.request.Request(target), parts)
    response = ask(server, "/layers/digest", [("Authorization", "Digest " + made)])
    assert (response.status, response.body) == (200, b"alice Digest")


def test_form_logs_in_to_the_containers_session(server):
    asked = ask(server, "/layers/form/basket?a=1")
    assert asked.status == 303
    login, _, query = asked.header("Location")[len(SITE) :].partition("?")
    assert login == "/layers/form/login"
    fields = dict(urllib.parse.parse_qsl(query), user="jos\u00e9", password="p\u00e4ss")
    done = ask(server, login, [FORM], **form(**fields))
    assert (done.status, done.header("Location")) == (
        303,
        SITE + "/layers/form/basket?a=1",
    )
    cookie = [("Cookie", done.header("Set-Cookie").partition(";")[0])]
    response = ask(server, "/layers/form/basket", cookie)
    assert response.body == "jos\u00e9 Form".encode()
    ask(server, "/layers/form/logout", [*cookie, FORM], **form(x="1"))
    assert ask(server, "/layers/form/basket", cookie).status == 303


def test_login_and_role_of_the_container_are_believed(server):
    response = ask(server, "/layers/members", basic("alice", "secret"))
    assert (response.status, response.body) == (200, b"alice BASIC")
    assert ask(server, "/layers/others", basic("alice", "secret")).status == 403
    assert ask(server, "/layers/members").status == 401


# Sessions.


def _cookie(response):
    found = response.header("Set-Cookie")
    return found and found.partition(";")[0]


@pytest.mark.parametrize(
    "path, name", [("visits", "JSESSIONID"), ("cookie", "session")]
)
def test_session_is_kept_with_its_types(server, path, name):
    first = ask(server, "/layers/" + path)
    assert first.body == b"1 [u'\\u65e5', {'x': None}]"
    cookie = _cookie(first)
    assert cookie.startswith(name + "=")
    second = ask(server, "/layers/" + path, [("Cookie", cookie)])
    assert second.body == b"2 [u'\\u65e5', {'x': None}]"
    assert _cookie(second) is None
    renewed = ask(server, "/layers/%s/renew" % path, [("Cookie", cookie)])
    assert renewed.body.startswith(b"3 ")
    after = _cookie(renewed)
    assert after.startswith(name + "=") and after != cookie
    assert ask(server, "/layers/" + path, [("Cookie", after)]).body.startswith(b"4 ")
    assert ask(server, "/layers/" + path, [("Cookie", cookie)]).body.startswith(b"1 ")
    assert ask(server, "/layers/%s/end" % path, [("Cookie", after)]).body == b"0 None"
    assert ask(server, "/layers/" + path, [("Cookie", after)]).body.startswith(b"1 ")


# The response.


def test_blocks_are_compressed_one_by_one(server):
    gzip = [("Accept-Encoding", "gzip")]
    response = ask(server, "/layers/blocks", gzip)
    assert response.header("Content-Encoding") == "gzip"
    assert response.header("Vary") == "Accept-Encoding"
    reader = zlib.decompressobj(31)
    # Each block ends where a reader can have all of it (RFC 1951: an empty block).
    assert response.body.count(b"\0\0\xff\xff") == 3
    assert reader.decompress(response.body) == b"block 0 block 1 block 2 "
    assert reader.eof
    written = ask(server, "/layers/written", gzip)
    assert zlib.decompress(written.body, 31) == b"written returned"
    assert ask(server, "/layers/blocks").body == b"block 0 block 1 block 2 "


@pytest.mark.parametrize(
    "path, message", [("", "f\u00e9il"), ("/java", "fail in Java")]
)
def test_exception_is_a_page_for_people_and_has_a_number_in_the_log(
    server, path, message
):
    mark = server.log.mark()
    response = ask(server, "/layers/failing" + path, [("Accept", "text/html")])
    assert response.status == 500
    assert ("told to " + message).encode() in response.body
    number = re.search(rb"<code>(\w+)</code>", response.body).group(1).decode()
    server.log.wait_for(r"\b%s\b" % number, mark)
    plain = ask(server, "/layers/failing" + path, [("X-Forwarded-For", "192.0.2.1")])
    assert plain.status == 500 and b"told to" not in plain.body


def test_file_is_served_whole_in_parts_and_not_again(server):
    text = (HERE / "sites" / "middleware" / "static" / "style.css").read_bytes()
    whole = ask(server, "/layers/static/style.css")
    assert (whole.status, whole.body) == (200, text)
    assert whole.header("Content-Type").lower().replace(" ", "") == (
        "text/css;charset=utf-8"
    )
    part = ask(server, "/layers/static/style.css", [("Range", "bytes=0-3")])
    assert (part.status, part.body) == (206, b"body")
    tag = whole.header("ETag")
    known = ask(server, "/layers/static/style.css", [("If-None-Match", tag)])
    assert (known.status, known.body) == (304, b"")
    for outside in ("../layers.py", "%2e%2e/layers.py", ".hidden", "none"):
        assert ask(server, "/layers/static/" + outside).status in (400, 404)


def test_path_is_dispatched_by_prefix_and_pattern(server):
    response = ask(server, "/layers/routed/2005/wsgi/x")
    script = (SITE + "/layers/routed/2005/wsgi").encode()
    assert response.body == script + b"|/x (('wsgi',), {'y': '2005'})"
    assert ask(server, "/layers/caf%C3%A9").body == b"None None"
    assert ask(server, "/layers/cafes").status == 404


# XSLT.

HTML = "text/html;charset=utf-8"


def _type(response):
    return response.header("Content-Type").lower().replace(" ", "")


@pytest.mark.parametrize(
    "path, kind, body",
    [
        ("/html/plain?q%3C", HTML, "<html><p>caf&eacute;|q%3C</p></html>"),
        ("/html/latin?", HTML, "<html><p>caf&eacute;|</p></html>"),
        ("/text/plain", "text/csv;charset=iso-8859-1", "caf\u00e9,fixed"),
        ("/included/plain", "text/plain;charset=iso-8859-1", "caf\u00e9,none"),
        # What it refers to is not read.
        ("/text/entity", "text/csv;charset=iso-8859-1", ",fixed"),
        ("/text/dtd", "text/csv;charset=iso-8859-1", "dtd,fixed"),
    ],
)
def test_document_is_transformed(server, path, kind, body):
    response = ask(server, "/xslt" + path)
    assert (response.status, _type(response)) == (200, kind)
    text = response.body.decode("latin-1").strip()
    assert re.sub(r">\s+<", "><", text) == body
    assert response.header("ETag") is None


def test_status_of_the_document_is_kept(server):
    assert ask(server, "/xslt/html/none").status == 404


def test_other_types_pass(server):
    response = ask(server, "/xslt/html/text")
    assert response.header("ETag") == '"1"' and b"<shop>" in response.body


@pytest.mark.parametrize(
    "path, message",
    [
        ("/broken/plain", "broken.xsl.* line 3: Syntax error in '1 \\+'"),
        ("/html/malformed", "line 3, column 3: "),
        ("/html/laughs", "document"),
        ("/refused/plain", "including.xsl.* .*text.xsl"),
        ("/none/plain", "none.xsl"),
    ],
)
def test_what_is_wrong_is_in_the_log_with_its_line(server, path, message):
    mark = server.log.mark()
    response = ask(server, "/xslt" + path)
    assert response.status == 500
    assert b"wrong" not in response.body and b".xsl" not in response.body
    server.log.wait_for("(?s)IS0036.*" + message, mark)


def test_stylesheet_reads_no_other_file(server):
    response = ask(server, "/xslt/reading/plain")
    assert b"swordfish" not in response.body


def test_changed_stylesheet_is_compiled_anew(server):
    directory = server.directory(WARS[0])
    sheet = directory / "WEB-INF" / "app" / "html.xsl"
    before = sheet.read_text()
    try:
        sheet.write_text(before.replace("<html>", "<html><b>new</b>"))
        assert b"<b>new</b>" in ask(server, "/xslt/html/plain").body
    finally:
        sheet.write_text(before)
