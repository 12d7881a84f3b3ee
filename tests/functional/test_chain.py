"""isthmus.chain: the rest of a filter chain as a WSGI application, inside Python."""

import base64
import gzip

import pytest

import client
from paths import HERE
from users import PASSWORDS, ROLE
from wars import War
from webxml import Filter, Servlet, WebXml

SITE = "/site/chain"
FILES = HERE / "sites" / "chain"
WARS = [
    War(
        SITE,
        WebXml(
            # Python's filter is the one in `extra`, which docs/servlets.md quotes.
            filters=[
                Filter("upstream", ["/*"], class_name="functional.UpstreamFilter")
            ],
            servlets=[
                Servlet(
                    "java",
                    ["/java/*"],
                    class_name="functional.ChainedServlet",
                    multipart=True,
                ),
                Servlet("in", ["/in/*"], class_name="functional.ChainedServlet"),
            ],
            members={"/in/*": ROLE},
            extra=(FILES / "around-web.xml").read_text()
            + """
  <error-page><error-code>410</error-code><location>/gone.txt</location></error-page>
""",
        ),
        files={
            "WEB-INF/app": FILES,
            "page.txt": "static page",
            "gone.txt": "the page for what is gone",
            "welcome/index.html": "welcome",
        },
        java=["functional/ChainedServlet.java", "functional/UpstreamFilter.java"],
    )
]
FORM = ("Content-Type", "application/x-www-form-urlencoded")
CHUNKED = ("Transfer-Encoding", "chunked")
TOKEN = base64.b64encode(("alice:" + PASSWORDS["alice"]).encode()).decode()


def _ask(server, path, way="pass", method="GET", body=None, headers=()):
    headers = [("X-Way", way), *headers]
    return client.fetch(server.address, method, SITE + path, headers, body)


def _head(server, path, way):
    """The answer to HEAD, after which nothing comes but the end of the connection."""
    with client.Connection(server.address) as connection:
        fields = [("X-Way", way), ("Connection", "close")]
        connection.request("HEAD", SITE + path, fields)
        response = connection.receive_head("HEAD")
        assert connection.closed_by_peer()
    return response


def _echo(response):
    return response.body.decode().splitlines()


def test_servlet_answers_through_python(server):
    response = _ask(server, "/java/echo?q=1", "mark", "POST", b"body")
    assert response.header("X-Seen") == "200 OK, 1 calls"
    lines = ["POST 4", "NULL NULL BY NULL", "FALSE", "NULL NULL", "FALSE 1", "BODY"]
    assert _echo(response) == lines
    assert response.header("Content-Type").lower().startswith("text/plain;charset=")
    assert response.header("Content-Length") == str(len(response.body))
    assert response.header("X-Upstream") == "kept"


def test_static_file_goes_through_python(server):
    response = _ask(server, "/page.txt", "mark")
    assert (response.status, response.body) == (200, b"STATIC PAGE")
    assert response.header("X-Seen") == "200 OK, 1 calls"
    assert response.header("Last-Modified")


def test_condition_is_the_file_s(server):
    etag = _ask(server, "/page.txt").header("ETag")
    if etag is None:
        field = ("If-Modified-Since", _ask(server, "/page.txt").header("Last-Modified"))
    else:
        field = ("If-None-Match", etag)
    response = _ask(server, "/page.txt", "mark", headers=[field])
    assert (response.status, response.body) == (304, b"")


def test_head_request_has_the_length_and_no_body(server):
    response = _head(server, "/page.txt", "pass")
    assert response.status == 200
    assert response.header("Content-Length") == "11"


def test_block_is_not_held_back(server):
    with client.Connection(server.address) as connection:
        fields = [("X-Way", "mark"), ("Content-Length", "4")]
        connection.request("POST", SITE + "/java/stream", fields)
        response = connection.receive_head("POST")
        connection.read_until(b"BEGUN;")
        connection.send(b"more")
        connection.read_until(b"MORE")
        assert response.all("X-Late") == []
        assert response.header("X-Seen") == "200 OK, 1 calls"


def test_large_body_is_whole(server):
    assert _ask(server, "/java/large", "mark").body == b"X" * 20000


def test_large_buffer_is_a_list(server):
    body = bytes(range(256)) * 1000
    response = _ask(server, "/java/buffered", "listed", "POST", body)
    assert response.body == b"listed: " + body


def test_large_block_is_whole(server):
    body = bytes(range(256)) * 4000
    assert _ask(server, "/java/block", "pass", "POST", body).body == body
    # Python reads it, too, and block by block.
    assert _ask(server, "/java/block", "rest", "POST", body).body == body[3:]


def test_block_can_be_changed_by_what_the_container_keeps(server):
    body = b"larger than a buffer" * 1000
    response = _ask(server, "/java/block", "session", "POST", body)
    assert response.body == b"200 OK" + body


def test_head_request_of_a_streaming_servlet_has_no_body(server):
    assert _head(server, "/java/large", "mark").status == 200


@pytest.mark.parametrize("place, times", [("start", 1), ("write", 1), ("read", 0)])
def test_what_python_raises_within_java_is_raised_around_it(server, place, times):
    mark = server.log.mark()
    response = _ask(server, "/java/swallowing", place, "POST", b"x")
    assert response.body == b"'no %s', %d times" % (place.encode(), times)
    server.log.wait_for("a servlet goes on after java", mark)


def test_python_compresses_for_java(server):
    accepts = [("Accept-Encoding", "gzip")]
    response = _ask(server, "/java/large", "gzip", headers=accepts)
    assert response.header("Content-Encoding") == "gzip"
    assert gzip.decompress(response.body) == b"x" * 20000
    assert len(response.body) < 2000


def test_python_authenticates_for_java(server):
    response = _ask(server, "/java/echo", "user", headers=[("X-Gone", "there")])
    user, roles, fields, listed = _echo(response)[1:5]
    assert user.startswith("ann ")
    assert user.endswith(" by TOKEN")
    assert not user.split()[1].startswith("null")
    assert (roles, fields) == ("false", "by Python null")
    assert listed.split()[0] == "false"


def test_name_of_a_user_is_text_in_java(server):
    response = _ask(server, "/java/echo", "umlaut")
    # The servlet leaves the encoding to the container.
    encoding = response.header("Content-Type").rpartition("=")[2]
    assert response.body.decode(encoding).splitlines()[1].startswith("\u00e4nne ")


def test_user_of_the_container_stays_with_its_roles(server):
    login = [("Authorization", "Basic " + TOKEN)]
    lines = _echo(_ask(server, "/in/echo", headers=login))
    assert lines[1].startswith("alice ")
    assert lines[2] == "true"
    # Another user has none of alice's roles.
    lines = _echo(_ask(server, "/in/echo", "user", headers=[*login, ("X-Gone", "x")]))
    assert lines[1].startswith("ann ")
    assert lines[2] == "false"


@pytest.mark.parametrize(
    "way, length, body", [("body", 12, "another body"), ("rest", 6, "def")]
)
def test_body_is_what_python_left_in_wsgi_input(server, way, length, body):
    lines = _echo(_ask(server, "/java/echo", way, "POST", b"abcdef"))
    assert (lines[0], lines[5]) == ("POST %d" % length, body)


def test_length_of_a_body_in_place_of_a_chunked_one_is_python_s(server):
    body = client.chunk(b"abcdef") + client.chunk(b"")
    lines = _echo(_ask(server, "/java/echo", "body", "POST", body, [CHUNKED]))
    assert (lines[0], lines[5]) == ("POST 12", "another body")


@pytest.mark.parametrize("way", ["text", "long"])
def test_input_that_java_cannot_read_is_refused(server, way):
    mark = server.log.mark()
    body = _ask(server, "/java/swallowing", way, "POST", b"x").body.decode()
    assert body.startswith("IS0517")
    assert {"text": "'text'", "long": " octets"}[way] in body
    server.log.wait_for("a servlet goes on after java", mark)


def _vanish(server, way):
    """A client that goes while Java reads its body."""
    with client.Connection(server.address) as connection:
        fields = [("Expect", "100-continue"), ("Content-Length", "4"), ("X-Way", way)]
        connection.request("POST", SITE + "/java/buffered", fields)
        assert connection.receive_any_head().status == 100  # so it is there
        connection.abort()


def test_client_that_vanishes_while_java_reads_is_no_failure(server):
    mark = server.log.mark()
    _vanish(server, "pass")
    server.log.wait_for("upstream of .*/java/buffered", mark)
    records = [r for r in server.log.records(mark) if "/java/buffered" in r.text]
    assert [r for r in records if r.level in ("WARNING", "ERROR")] == []


def test_client_that_vanishes_while_java_reads_is_a_broken_pipe(server):
    mark = server.log.mark()
    _vanish(server, "errno")
    server.log.wait_for("errno 32, ", mark)


@pytest.mark.parametrize("way", ["pass", "rest"], ids=["java", "python"])
def test_client_that_sends_half_a_body_sees_no_stack_trace(server, way):
    with client.Connection(server.address) as connection:
        fields = [("Content-Length", "4"), ("X-Way", way)]
        connection.request("POST", SITE + "/java/buffered", fields)
        connection.send(b"ab")
        connection.end_sending()
        try:
            response = connection.receive()
        except ConnectionError:  # Jetty
            return
    assert response.status == 400
    assert b"Exception" not in response.body


def test_ioerror_of_java_without_a_message_names_its_type(server):
    assert b"java.io.EOFException" in _ask(server, "/java/silent", "caught").body


def test_ioexception_of_a_servlet_is_not_a_client_that_has_gone(server):
    text = _ask(server, "/java/absent", "errno").body.decode()
    state, _, message = text.rpartition(", ")
    assert state == "errno None, own: True"
    assert message == "java.io.FileNotFoundException: /etc/shop.properties"


def test_python_answers_without_java(server):
    response = _ask(server, "/java/echo", "refuse")
    assert (response.status, response.body) == (401, b"refused by Python")


def test_chain_runs_once(server):
    assert _ask(server, "/java/large", "twice").body.endswith(b"x;IS0512")


def test_error_page_is_that_of_the_web_application(server):
    response = _ask(server, "/java/error", "mark")
    assert (response.status, response.body) == (410, b"the page for what is gone")
    assert response.header("X-Seen") == "410 Gone, 1 calls"


def test_missing_file_is_not_found(server):
    response = _ask(server, "/missing.txt", "mark")
    assert (response.status, response.header("X-Seen")) == (
        404,
        "404 Not Found, 1 calls",
    )


def test_redirect_goes_through_python(server):
    response = _ask(server, "/java/redirect", "mark")
    assert (response.status, response.body) == (302, b"")
    assert response.header("Location").endswith("echo?next")


def test_head_of_a_servlet_is_whole(server):
    response = _ask(server, "/java/session")
    assert response.body == "gr\u00fc\u00dfe".encode()
    assert response.header("Content-Type") == "text/html;charset=utf-8"
    assert response.header("X-Date") == "Thu, 01 Jan 1970 00:00:00 GMT"
    assert response.header("X-Number") == "5"
    assert response.header("Content-Language") == "de-DE"
    cookies = sorted(cookie.partition("=")[0] for cookie in response.all("Set-Cookie"))
    assert cookies == ["JSESSIONID", "java", "upstream"]


def test_servlet_that_fails_is_a_failure_of_the_application(server):
    mark = server.log.mark()
    assert _ask(server, "/java/fail").status == 500
    server.log.wait_for("told to fail behind Python", mark)
    server.log.wait_for("IS0036", mark)


def test_asynchronous_servlet_is_refused(server):
    mark = server.log.mark()
    assert _ask(server, "/java/async").status == 500
    server.log.wait_for("IS0513", mark)


@pytest.mark.parametrize(
    "path",
    [
        "/java/echo",
        "/java/echo;x",
        "/java;x/echo",
        "/java;jsessionid=1/echo;jsessionid=1",
        "//java/echo",
        "/java//echo",
        "/;x/java/echo",
        "/%6Aava/echo",
        "/java%2Fecho",
        "/java/%2E/echo",
        "/welcome/%2E%2E/java/echo",
        "/welcome/..;/java/echo",
    ],
)
def test_no_spelling_of_a_path_gets_past_python(server, path):
    # The application refuses /java/echo. A container refuses some spellings itself.
    assert _ask(server, path, "guard").status in (400, 403, 404)


@pytest.mark.parametrize(
    "path, seen, body",
    [
        ("/page.txt", "/page.txt", b"static page"),
        ("/page.txt;jsessionid=1", "/page.txt", b"static page"),
        ("/welcome;x/index.html", "/welcome/index.html", b"welcome"),
        ("/welcome/", "/welcome/", b"welcome"),
    ],
)
def test_python_sees_the_path_that_java_serves(server, path, seen, body):
    response = _ask(server, path, "path")
    assert (response.body, response.header("X-Path")) == (body, "'%s'" % seen)


def test_octets_of_a_path_stay(server):
    response = _ask(server, "/missing;x/gr%C3%BC", "path")
    seen = response.header("X-Path")
    assert (response.status, seen) == (404, r"'/missing/gr\xc3\xbc'")


@pytest.mark.parametrize(
    "target, status, start",
    [
        ("/page.txt", 200, b"STATIC PAGE"),
        ("/java/echo", 200, b"GET -1"),
        ("/java/large", 200, b"X" * 20000),
        ("/java/error", 410, b"the page for what is gone"),
        ("/java/forward?/page.txt", 200, b"STATIC PAGE"),
    ],
    ids=["file", "servlet", "large", "error", "forward"],
)
def test_forward_behind_python_is_whole(server, target, status, start):
    response = _ask(server, "/java/forward?" + target, "mark")
    assert response.status == status
    assert response.body.startswith(start)
    assert response.header("Content-Type").startswith("text/plain")
    assert response.header("X-Seen").endswith(", 1 calls")
    assert response.header("X-Forwarding") == "kept"


def test_forward_behind_python_has_a_length(server):
    response = _ask(server, "/java/forward?/java/echo")
    assert response.header("Content-Length") == str(len(response.body))


def test_servlet_can_catch_that_write_has_failed(server):
    mark = server.log.mark()
    # And Python gets it, so that a body with a gap does not pass for a whole one.
    assert _ask(server, "/java/catching", "full").body == b"IOError: no room"
    server.log.wait_for(r"a servlet has caught java\.io\.IOException\.", mark)


@pytest.mark.parametrize("way, values", [("pass", b"1,2"), ("body", b"1")])
def test_parameters_of_a_form_are_those_of_the_body_that_java_gets(server, way, values):
    response = _ask(server, "/java/form?q=1", way, "POST", b"q=2", [FORM])
    assert response.body == values


def test_chunked_form_is_parsed_by_java(server):
    body = client.chunk(b"q=2") + client.chunk(b"")
    response = _ask(server, "/java/form?q=1", "pass", "POST", body, [FORM, CHUNKED])
    assert response.body == b"1,2"


def test_chunked_parts_are_parsed_by_java(server):
    part = b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n2\r\n--x--\r\n'
    body = client.chunk(part) + client.chunk(b"")
    kind = ("Content-Type", "multipart/form-data; boundary=x")
    response = _ask(server, "/java/parts", "pass", "POST", body, [kind, CHUNKED])
    assert response.body == b"q=2"
