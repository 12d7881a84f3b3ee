"""Template engines that make modules of their templates, by way of `ast`."""

import json

import client
from paths import HERE, TARGET
from wars import War
from webxml import Servlet, WebXml

LIBRARIES = TARGET / "libraries"
NEEDED = ("mako", "markupsafe")
SITE = HERE / "sites" / "templates"

# What the lists of ast's nodes are asked for, and what CPython 2.7 and 3 answer.
LISTS = {
    "+ list": "abcd",
    "list +": "dabc",
    "+ itself": "abcabc",
    "[::-1]": "cba",
    "[1:]": "bc",
    "[-1]": "c",
    "isinstance": True,
    "==": True,
    "sorted": "cba",
    "append": "abcd",
    "extend": "abcde",
    "insert": "dabc",
    "pop": "ab",
    "remove": "ac",
    "reverse": "cba",
    "[1:] =": "ade",
    "del": "ac",
    "[-1] =": "abd",
    "names": "ghi",
    "names reversed": "hg",
    "operators": ["LtE", "Lt"],
}

FILES = {"WEB-INF/app/templates.py": SITE / "templates.py"}
FILES.update({"WEB-INF/lib-python/" + name: LIBRARIES / name for name in NEEDED})
WARS = [
    War(
        "/templates",
        WebXml(
            servlets=[Servlet("app", ["/*"], {"isthmus.app": "templates:application"})]
        ),
        FILES,
        probe="/ready",
    )
]


def _text(server, way):
    response = client.fetch(server.address, "GET", "/templates/" + way)
    assert response.status == 200, server.log.text()
    return response.body.decode()


def test_mako_renders_its_functions_and_blocks(server):
    page = "".join(_text(server, "mako").split())
    assert page == "*A;+A;*X;+X;*\u00c9;+\u00c9;\u00e9"


def test_lists_of_nodes_are_lists(server):
    assert json.loads(_text(server, "lists")) == LISTS
