"""Java code answers behind isthmus.chain as it does without Python around it."""

import base64
from urllib.parse import quote

import pytest

import client
from paths import HERE
from users import PASSWORDS, ROLE
from wars import War
from webxml import Filter, Servlet, WebXml

SITE = "/site/chain-alike"
CHAIN = {"isthmus.app": "alike:application", "isthmus.filter.chain": "wsgi"}
WARS = [
    War(
        SITE,
        WebXml(
            filters=[
                Filter(
                    "around",
                    ["/around/*"],
                    CHAIN,
                    dispatchers=["REQUEST", "FORWARD", "ERROR"],
                )
            ],
            servlets=[
                Servlet(
                    "java",
                    ["/around/*", "/direct/*"],
                    class_name="functional.AlikeServlet",
                    async_supported=True,
                ),
                Servlet(
                    "included",
                    ["/included/*"],
                    class_name="functional.IncludedServlet",
                ),
                Servlet("including", ["/py/*"], {"isthmus.app": "alike:including"}),
                Servlet("forwarding", ["/404/*"], {"isthmus.app": "alike:forwarding"}),
                *[
                    Servlet(
                        name.replace("/", "-"),
                        ["/" + name],
                        {"for": name.partition("/")[2]},
                        class_name="functional.UnavailableServlet",
                    )
                    for way in ("around", "direct")
                    for name in (way + "/closed", way + "/good")
                ],
            ],
            members={"/around/member/*": ROLE},
            extra="""
  <error-page><error-code>410</error-code><location>/around/hello</location></error-page>
""",
        ),
        files={"WEB-INF/app": HERE / "sites" / "chain_alike"},
        java=[
            "functional/%s.java" % name
            for name in ("AlikeServlet", "IncludedServlet", "UnavailableServlet")
        ],
    )
]


def _get(server, path, headers=()):
    return client.fetch(server.address, "GET", SITE + path, headers)


def _shown(response):
    # Charsets and the spaces before them are the same in any case (RFC 9110, 8.3.1).
    kind = (response.header("Content-Type") or "").lower().replace(" ", "")
    return response.status, response.body, kind


@pytest.mark.parametrize(
    "path",
    [
        "hello",
        "typed?text/plain",
        "typed?text/html",
        "typed?text/plain;charset=UTF-16BE",
        "locale",
    ],
)
def test_text_is_encoded_as_the_container_does(server, path):
    assert _shown(_get(server, "/around/" + path)) == _shown(
        _get(server, "/direct/" + path)
    )


def test_encoding_of_java_is_not_that_of_python(server):
    # What the container was asked for is taken back: the answer is plain ASCII.
    response = _get(server, "/around/typed?text/html")
    assert response.header("Content-Type").count("text/html") == 1
    assert len(response.all("Content-Type")) == 1
    assert response.all("Content-Language") == []


def test_charset_that_the_container_assumes_for_json_is_not_that_of_python(server):
    response = _get(server, "/around/json", [("X-Way", "image")])
    assert (response.header("Content-Type"), response.body) == ("image/png", b"{}")


@pytest.mark.parametrize("way", ["direct", "around"])
def test_exception_that_java_sets_is_that_of_the_error_page(server, way):
    response = _get(server, "/%s/cause" % way)
    assert response.status == 500
    # The page of ee10 shows only what has been thrown.
    assert (b"on purpose" in response.body) is (server.name != "jetty-ee10")


TRIED = ["nothing", "error", "redirect", "length", "reset", "type", "nested"]


@pytest.mark.parametrize("tried", TRIED)
def test_included_servlet_changes_nothing_but_the_body(server, tried):
    direct = _get(server, "/direct/include?/included/" + tried)
    response = _get(server, "/around/include?/included/" + tried)
    assert (response.status, response.complete) == (direct.status, True) == (201, True)
    if (tried, server.name) == ("reset", "jetty-ee8"):
        # There, it takes back what has been written.
        assert direct.body == b"]after"
    else:
        assert direct.body == b"before[]after"
    assert response.body == b"before[]after"
    assert response.header("Content-Type").lower() == "text/plain;charset=utf-8"
    assert response.all("X-Included") == response.all("Location") == []


@pytest.mark.jython
def test_included_servlet_changes_nothing_in_a_chain_within_a_chain(server):
    response = _get(server, "/around/forward?/around/include?/included/nothing")
    assert (response.status, response.body) == (201, b"before[]after")
    assert response.header("Content-Type").lower() == "text/plain;charset=utf-8"
    assert response.all("X-Included") == []


@pytest.mark.parametrize("way", ["direct", "around"])
def test_named_servlet_that_is_included_changes_nothing_but_the_body(server, way):
    response = _get(server, "/%s/include-stream?included" % way)
    assert (response.status, response.body) == (201, b"before[]after")
    assert response.all("X-Included") == []


@pytest.mark.parametrize("way", ["/direct/forward", "/404/"])
def test_status_stays_in_a_forward_to_java_behind_python(server, way):
    response = _get(server, way + "?/around/hello")
    assert (response.status, response.body) == (404, b"hello")


def test_error_page_behind_python_keeps_the_status(server):
    response = _get(server, "/direct/error?410")
    assert (response.status, response.body) == (410, b"hello")


def test_servlet_that_cannot_be_asynchronous_may_answer_at_once(server):
    body = _get(server, "/around/async").body
    assert body.startswith(b"at once: IS0513")
    assert b"startAsync" in body


FILE = str(HERE / "sites" / "chain_alike" / "alike.py")
CONTENT = (HERE / "sites" / "chain_alike" / "alike.py").read_bytes()


@pytest.mark.parametrize("way", ["direct", "around"])
def test_file_goes_through_python(server, way):
    response = _get(server, "/%s/sendfile?%s" % (way, FILE))
    assert (response.status, response.body) == (200, CONTENT)


def test_file_goes_into_an_include(server):
    response = _get(server, "/py/?" + quote("/direct/sendfile?" + FILE, "/?"))
    assert response.body == b"Python: " + CONTENT


def test_file_that_was_not_asked_for_is_not_sent(server):
    assert _get(server, "/around/unasked?" + FILE).body == b"its own"
    assert _get(server, "/py/?/direct/unasked?" + FILE).body == b"Python: its own"


def test_upgrade_past_python_is_refused(server):
    fields = [("Connection", "Upgrade"), ("Upgrade", "other")]
    mark = server.log.mark()
    assert _get(server, "/around/upgrade", fields).status == 500
    server.log.wait_for("IS0513.*upgrade", mark)
    mark = server.log.mark()
    response = _get(server, "/py/?/direct/upgrade", fields)
    assert (response.status, response.body) == (200, b"Python: IS0506")
    server.log.wait_for("IS0513.*upgrade", mark)


def test_asynchronous_include_is_refused(server):
    body = _get(server, "/py/?/direct/async").body
    assert body.startswith(b"Python: at once: IS0513")


def test_header_of_java_has_what_a_header_can_have(server):
    response = _get(server, "/around/header")
    assert (response.status, response.header("X-Odd")) == (200, "a\xe9? b")


def test_location_of_java_is_percent_encoded(server):
    response = _get(server, "/around/location")
    assert response.status == 302
    path = "/gr%C3%BC%C3%9Fe/%E2%82%AC?%E2%82%AC"
    assert response.header("Location").endswith(path)


def test_body_in_place_of_the_client_s_ends_with_content_length(server):
    response = client.fetch(
        server.address,
        "POST",
        SITE + "/around/read",
        [("X-Way", "short")],
        b"body",
    )
    assert response.body == b"3 a=r"


@pytest.mark.parametrize("before", ["", "read ", "named "])
def test_user_whom_python_logs_in_is_that_of_java(server, before):
    fields = [("X-Way", before + "login"), ("X-Password", PASSWORDS["alice"])]
    assert _get(server, "/around/who", fields).body == b"alice true true"
    assert _get(server, "/around/who").body == b"null false false"


@pytest.mark.parametrize("before", ["", "read "])
def test_user_whom_python_logs_out_is_no_more_that_of_java(server, before):
    token = base64.b64encode(("alice:" + PASSWORDS["alice"]).encode()).decode()
    login = ("Authorization", "Basic " + token)
    path = "/around/member/who"
    assert _get(server, path, [login]).body == b"alice true true"
    response = _get(server, path, [login, ("X-Way", before + "logout")])
    assert response.body == b"null false false"


@pytest.mark.parametrize("name, status", [("closed", 503), ("good", 404)])
def test_servlet_that_takes_itself_out_of_service_is_out(server, name, status):
    def answers(way):
        mark = server.log.mark()
        responses = [_get(server, "/%s/%s" % (way, name)) for _ in range(2)]
        text = "/%s/%s was called" % (way, name)
        server.log.wait_for(text, mark)
        called = [r for r in server.log.records(mark) if text in r.text]
        kept = [(r.status, len(r.all("Retry-After"))) for r in responses]
        return kept, len(called)

    direct = answers("direct")
    assert answers("around") == direct
    assert (direct[0][0][0], direct[1]) == (status, 1)
