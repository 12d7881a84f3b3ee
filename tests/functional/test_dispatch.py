"""Forward, include, error and async dispatches, to Python servlets and from them.

Servlet specification, 9.3 (include), 9.4 (forward), 9.5 and 10.9.2 (errors).
"""

import json

import pytest

import client
import engines
from dispatched import SITE, STRICT, WAR
from handshake import HANDSHAKE

WARS = [STRICT, WAR]


def _get(server, path, method="GET", body=None):
    return client.fetch(server.address, method, SITE + path, body=body)


FRAGMENT = b"gr\xc3\xbc\xc3\x9fe"

# What leads to an error page, the status that the page keeps, its QUERY_STRING.
ERRORS = [
    ("/nothing/here", 404, "e=1"),
    ("/go/error?404", 404, "e=1"),
    ("/go/error?500", 500, "500"),
    ("/go/throw", 500, ""),
    ("/failing", 500, ""),
]

# Where a dispatch leads to; what it adds to SCRIPT_NAME; PATH_INFO; QUERY_STRING.
TARGETS = [
    ("/env/a/b?x=%41", "/env", "/a/b", "x=%41"),
    ("/env", "/env", "", "/env"),
    ("/env/%C3%BC%20x?y", "/env", "/\xc3\xbc x", "y"),
    ("/exact?q", "/exact", "", "q"),
    ("/deep/page.py?q", "", "/deep/page.py", "q"),
    ("/filtered/a?q", "", "/filtered/a", "q"),
]
IDS = [target for target, *_ in TARGETS]
# A servlet of Java's, and Python, which has isthmus.request on Jython alone.
SOURCES = pytest.mark.parametrize("source", engines.cases(["/go", "/py"], ["/py"]))
# And isthmus.forward, on both engines.
FORWARDING = pytest.mark.parametrize(
    "source", engines.cases(["/go", "/py", "/hand"], ["/py"])
)
# What ModelServlet shows: method, body, two attributes, from where it was forwarded.
CART = "ArrayList[1, gr\u00fc\u00dfe, null]"


@pytest.mark.parametrize("target, script, info, query", TARGETS, ids=IDS)
@FORWARDING
def test_forward_gives_the_path_of_the_target(
    server, source, target, script, info, query
):
    response = _get(server, source + "/forward?" + target)
    strings = response.json()["strings"]
    found = [strings[k] for k in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")]
    assert found == [SITE + script, info, query]


@pytest.mark.parametrize("target, script, info, query", TARGETS, ids=IDS)
@SOURCES
def test_include_gives_the_path_of_the_target(
    server, source, target, script, info, query
):
    response = _get(server, source + "/include?" + target)
    before, rest = response.body.split(b";", 1)
    included, after = rest.rsplit(b";", 1)
    strings = json.loads(included)["strings"]
    found = [strings[k] for k in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")]
    # Without a query of its own the target sees none: unlike a forward, an include has
    # attributes for the target's path, and no query attribute stands for none.
    assert found == [SITE + script, info, "" if query == target else query]
    assert (before, after[:5]) == (b"before", b"after")


@pytest.mark.parametrize("target, script, info, query", TARGETS, ids=IDS)
def test_async_dispatch_gives_the_path_of_the_target(
    server, target, script, info, query
):
    strings = _get(server, "/go/async?" + target).json()["strings"]
    found = [strings[k] for k in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")]
    assert found == [SITE + script, info, query]


@pytest.mark.jython
def test_forward_hands_method_and_body_on(server):
    response = _get(server, "/go/forward?/py/echo", "PUT", b"body")
    assert response.body == b"PUT body"


def test_forward_keeps_status_and_headers_of_the_target(server):
    response = _get(server, "/go/forward?/fragment")
    assert (response.status, response.body) == (202, FRAGMENT)
    assert response.header("X-Fragment") == "mine"


@SOURCES
def test_include_keeps_status_and_headers_of_the_source(server, source):
    response = _get(server, source + "/include?/fragment")
    assert response.status == 200
    assert response.all("X-Fragment") == []
    assert response.body.startswith(b"before;" + FRAGMENT + b";after")


def test_include_works_below_a_writer(server):
    # A JSP writes with a writer, and then has no stream for what it includes.
    response = _get(server, "/go/include-writer?/fragment")
    assert response.body == b"before;" + FRAGMENT + b";after"


def test_character_in_two_blocks_is_whole_below_a_writer(server):
    response = _get(server, "/go/include-writer?/fragment?divided")
    whole = FRAGMENT
    if server.name == "jetty-ee10" and server.engine.name == "jython":
        # docs/containers.md: it decodes each block by itself; a worker joins some.
        whole = "gr\ufffd\ufffd\u00dfe".encode()
    assert response.body == b"before;" + whole + b";after"


@pytest.mark.jython
def test_python_includes_what_java_writes(server):
    response = _get(server, "/py/include?/plain/")
    assert response.body == b"before;user null;after /include"


@pytest.mark.jython
def test_python_includes_a_static_file(server):
    response = _get(server, "/py/include?/page.txt")
    # docs/containers.md: Jetty ee10 includes no file once the head is out.
    page = b"" if server.name == "jetty-ee10" else b"static page"
    assert response.body == b"before;" + page + b";after /include"


@pytest.mark.jython
def test_python_forwards_to_a_static_file(server):
    response = _get(server, "/py/forward?/page.txt")
    assert (response.status, response.body) == (200, b"static page")


@pytest.mark.jython
def test_forward_from_python_is_no_error(server):
    mark = server.log.mark()
    _get(server, "/py/forward?/env/x")
    _get(server, "/failing")
    server.log.wait_for("told to fail", mark)
    assert "dispatching" not in server.log.since(mark)


@pytest.mark.jython
def test_application_may_include_itself(server):
    response = _get(server, "/py/include?/py/include?/plain/")
    inner = b"before;user null;after /include"
    assert response.body == b"before;" + inner + b";after /include"


@pytest.mark.parametrize("how", ["named-forward", "named-include"])
def test_named_dispatch_leaves_the_path_as_it_was(server, how):
    body = _get(server, "/go/%s?unmapped" % how).body
    included = body[body.index(b"{") : body.rindex(b"}") + 1]
    strings = json.loads(included)["strings"]
    assert strings["SCRIPT_NAME"] + strings["PATH_INFO"] == SITE + "/go/" + how
    assert strings["QUERY_STRING"] == "unmapped"


def test_servlet_without_a_mapping_serves_named_dispatches(server):
    assert _get(server, "/go/named-forward?unmapped").status == 200


@pytest.mark.parametrize("path, status, query", ERRORS)
def test_error_page_is_a_python_servlet(server, path, status, query):
    response = _get(server, path)
    assert response.status == status
    assert response.json() == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": SITE + "/errors",
        "PATH_INFO": "/%d" % status,
        "QUERY_STRING": query,
        "REDIRECT_STATUS": str(status),
        "REDIRECT_URL": SITE + path.partition("?")[0],
    }


def test_no_request_but_an_error_dispatch_has_a_redirect_status(server):
    values = _get(server, "/errors/404").json()
    assert (values["REDIRECT_STATUS"], values["REDIRECT_URL"]) == (None, None)


@pytest.mark.parametrize(
    "path, status", [("/go/error?404", 404), ("/go/forward?/fragment", 202)]
)
def test_handshake_of_a_websocket_is_dispatched_as_any_request(server, path, status):
    response = client.fetch(server.address, "GET", SITE + path, HANDSHAKE)
    assert response.status == status
    assert b"404" in response.body or response.body == FRAGMENT


def _model(response):
    return response.body.decode("latin-1").split("|")


def test_python_hands_a_request_on_to_a_servlet(server):
    response = _get(server, "/hand/forward?/model/created", "POST", b"body")
    shown = ["POST", "body", CART, "Object[]", SITE + "/hand/forward"]
    assert (response.status, _model(response)) == (201, shown)
    assert response.header("X-Java") == "set"


def test_head_of_the_source_stays_in_a_forward(server):
    response = _get(server, "/hand/head?/model/")
    assert (response.status, _model(response)[2]) == (410, CART)
    assert response.header("X-Python") == "kept"
    assert response.header("Set-Cookie") == "a=b"
    assert response.complete


@pytest.mark.parametrize("way", ["generator", "file"])
def test_body_of_the_source_is_dropped_in_a_forward(server, way):
    response = _get(server, "/hand/%s?/model/" % way)
    assert response.status == 200
    shown = ["GET", "", CART, "Object[]", SITE + "/hand/" + way]
    assert _model(response) == shown


def test_head_request_is_forwarded(server):
    response = _get(server, "/hand/forward?/page.txt", "HEAD")
    assert (response.status, response.body) == (200, b"")


def test_forward_to_nothing_is_not_found(server):
    response = _get(server, "/hand/forward?/no/such.txt")
    assert (response.status, response.json()["PATH_INFO"]) == (404, "/404")


def test_forward_to_a_jsp_without_its_compiler_is_its_failure(server):
    # There is none: only a Tomcat, which has the compiler, looks for it. test_jsp has
    # JSPs, and Jetty's module for them.
    status = 500 if server.name.startswith("jetty") else 404
    response = _get(server, "/hand/forward?/no/such.jsp")
    assert (response.status, response.json()["PATH_INFO"]) == (status, "/%d" % status)


def test_forward_to_a_servlet_that_fails_is_its_failure(server):
    mark = server.log.mark()
    response = _get(server, "/hand/forward?/model/throw")
    assert (response.status, response.json()["REDIRECT_STATUS"]) == (500, "500")
    server.log.wait_for("the model is wrong", mark)


def test_application_that_fails_is_not_forwarded(server):
    response = _get(server, "/hand/raises?/model/")
    assert (response.status, response.json()["REDIRECT_STATUS"]) == (500, "500")


def test_forward_after_the_head_is_refused(server):
    response = _get(server, "/hand/late?/model/")
    assert response.body == b"begun;RuntimeError IS0508"


def test_python_includes_a_servlet_as_utf8(server):
    response = _get(server, "/hand/include?/model/created", "POST", b"body")
    before, shown, again, after = response.body.decode().split(";")
    assert (before, after) == ("before", "after")
    assert shown.split("|") == ["POST", "body", CART, "Object[]", "null"]
    # The attributes were the first one's alone, and the body has been read.
    assert again.split("|") == ["POST", "", "null", "null", "null"]
    assert response.status == 200
    assert response.all("X-Java") == []


@pytest.mark.parametrize(
    "target, body", [("/model/octets", b"\0\xffo"), ("/page.txt", b"static page")]
)
def test_python_includes_octets(server, target, body):
    response = _get(server, "/hand/include?" + target)
    assert response.body.startswith(b"before;" + body + b";GET|")


@pytest.mark.parametrize(
    "target, body",
    [("/page.txt", b"static page"), ("/model/large", b"large;" * 10000)],
    ids=["file", "large"],
)
def test_python_includes_a_servlet_that_forwards(server, target, body):
    response = _get(server, "/hand/include?/model/forward?" + target)
    assert response.body.startswith(b"before;" + body + b";GET|")
    assert response.body.endswith(b";after")
    assert response.status == 200
    assert response.header("Content-Type").startswith("text/plain")


def test_include_drops_what_was_written_before_a_forward(server):
    response = _get(server, "/hand/include?/model/written?/model/octets")
    # docs/containers.md: Jetty keeps it.
    written = b"written;" if server.name.startswith("jetty") else b""
    assert response.body.startswith(b"before;" + written + b"\0\xffo;GET|")


@pytest.mark.parametrize("target", ["/no/such.txt", "/model/throw"])
def test_include_that_fails_is_an_exception(server, target):
    assert _get(server, "/hand/fails?" + target).body == b"RuntimeError IS0506"


def test_include_leaves_send_error_out(server):
    response = _get(server, "/hand/include?/model/refused")
    assert (response.status, response.body[:19]) == (200, b"before;written;GET|")


def test_wrong_use_of_a_dispatch_is_an_exception(server):
    codes = _get(server, "/hand/wrong").body.decode()
    paths = "ValueError IS0509 " * 4
    assert codes == paths + "TypeError IS0500 " * 3 + "RuntimeError IS0507"


def test_wrong_use_of_a_dispatch_is_named(server):
    told = [
        ("ValueError IS0509", "of type NoneType"),
        ("ValueError IS0509", "of type int"),
        ("TypeError IS0519", "isthmus.include", "of type str"),
        ("TypeError IS0519", "isthmus.forward", "of type int"),
        ("TypeError IS0500", " attributes['cart'] is of type object"),
        ("TypeError IS0500", "a value in attributes['cart'] is of type object"),
    ]
    lines = _get(server, "/hand/told").body.decode().splitlines()
    for line, parts in zip(lines, told):
        assert all(part in line for part in parts), line
    assert len(lines) == len(told)


@pytest.mark.parametrize("war", [STRICT], ids=["strict"])
def test_python_includes_where_tomcat_looks_for_its_own_response(server, war):
    target = war.path + "/hand/include?/model/octets"
    response = client.fetch(server.address, "GET", target)
    assert response.body.startswith(b"before;\0\xffo;GET|")


@pytest.mark.jython
def test_python_includes_python(server):
    response = _get(server, "/hand/include?/fragment")
    assert response.body.startswith(b"before;" + FRAGMENT + b";GET|")


@pytest.mark.cpython
def test_worker_includes_no_worker(server):
    mark = server.log.mark()
    response = _get(server, "/hand/include?/fragment")
    assert response.body.startswith(b"before;;GET|")
    server.log.wait_for("IS0510", mark)
