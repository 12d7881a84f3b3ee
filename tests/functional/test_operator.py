"""How an operator overrides what a packed web.xml says, with the files of the docs.

The elements are those that docs/settings.md shows, and not copies of them.
"""

import re

import pytest

import client
from paths import HERE
from wars import Operator, War
from webxml import Servlet, WebXml

PAGE = (HERE.parents[1] / "docs" / "settings.md").read_text()
SETTING = "isthmus.request.max_body"
# Larger than what the WAR allows, smaller than what the operator does.
BODY = b"x" * 2048

APP = """
def application(environ, start_response):
    length = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    text = "%d %s %s" % (length, environ["SITE"], environ["wsgi.multithread"])
    return [text.encode("ascii")]
"""


def _documented(pattern):
    found = re.findall("```xml\n%s```" % pattern, PAGE, re.S)
    assert len(found) == 1, "docs/settings.md: %d blocks for %s" % (len(found), pattern)
    return found[0]


def _operator():
    jetty = _documented(r"<Configure[^>]*>\n(.*?)</Configure>\n")
    # Where the WAR lies is what the harness says.
    own = re.sub(r'  <Set name="(contextPath|war)">.*?</Set>\n', "", jetty)
    assert own.count("<Set") == 1
    # Neither of these wins over web.xml.
    parameter = '<Parameter name="isthmus.multithread" value="true" override="true"/>'
    call = '<Call name="setInitParameter"><Arg>isthmus.multithread</Arg>%s</Call>'
    return Operator(
        tomcat=_documented(r"<Context>\n(.*?)</Context>\n") + parameter,
        jetty=own + call % "<Arg>true</Arg>",
        etc={"shop-override.xml": _documented(r"(<web-app.*?</web-app>\n)")},
    )


WARS = [
    War(
        "/operated",
        WebXml(
            context_params={SETTING: "1k", "isthmus.multithread": "false"},
            servlets=[
                Servlet("shop", ["/shop/*"]),
                Servlet("upload", ["/upload/*"], {SETTING: "1k"}),
            ],
        ),
        files={"WEB-INF/app/wsgi.py": APP},
        operator=_operator(),
    )
]


@pytest.fixture
def post(server):
    def posted(servlet):
        target = "/operated/%s/" % servlet
        return client.fetch(server.address, "POST", target, body=BODY)

    return posted


def test_operator_overrides_a_context_param(post):
    response = post("shop")
    assert (response.status, response.body.split()[0]) == (200, b"2048")


def test_operator_overrides_an_init_param_on_jetty_alone(server, post):
    expected = 413 if server.name.startswith("tomcat") else 200
    assert post("upload").status == expected


def test_operator_adds_what_the_war_leaves_out(post):
    assert post("shop").body.split()[1] == b"staging"


def test_web_xml_wins_over_what_is_no_override(post):
    assert post("shop").body.split()[2] == b"False"
