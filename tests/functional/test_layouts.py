"""A WAR in every shape: packed, unpacked, exploded, read-only; Jython in WEB-INF/lib.

Each finds its application by another convention, and by another context path.
"""

from urllib.parse import quote

import pytest

import client
import trees
from wars import War
from webxml import Servlet, WebXml

APP = """
import json
import os
import helper

HERE = os.path.dirname(os.path.abspath(__file__))


def application(environ, start_response):
    with open(os.path.join(HERE, "data.txt")) as data:
        text = data.read().strip()
    names = ("SCRIPT_NAME", "PATH_INFO")
    seen = [helper.NAME, text] + [environ[name].decode("utf-8") for name in names]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(seen).encode("ascii")]


app = application
"""


def _war(path, name, app=None, layout="exploded", **more):
    params = {"isthmus.app": app} if app else {}
    return War(
        path,
        WebXml(servlets=[Servlet("app", ["/app/*"], params)]),
        files={
            "WEB-INF/app/" + name: APP,
            "WEB-INF/app/data.txt": "data",
            "WEB-INF/lib-python/helper.py": 'NAME = "helper"\n',
            "static/page.txt": "page",
            **({"static/packed.txt": "never a file"} if layout == "packed" else {}),
        },
        layout=layout,
        **more,
    )


WARS = [
    _war("/gest\u00e4lt", "shapes.py", "shapes:application", writable=False),
    _war("/shape/unpacked", "app.py", layout="unpacked"),
    _war("/shape-packed", "wsgi.py", layout="packed"),
    _war("/sh\u00e4pe/packed", "shapes.py", "shapes:app", layout="packed"),
    _war("/shape-lib", "shapes.py", "app/shapes.py:app", jython="WEB-INF/lib"),
]
# Copied under these names, they would lie where they do not belong, one of them on
# Windows. Containers open no archive with the first one.
EVIL = ["WEB-INF/app/../../../evil-%d.py", "WEB-INF/app/..\\..\\evil-%d.py"]
REFUSED = [
    War(
        "/evil/%d" % number,
        WebXml(servlets=[Servlet("app", ["/app/*"])]),
        files={"WEB-INF/app/app.py": APP, name % number: "EVIL = True"},
        layout="packed",
        probe=None,
    )
    for number, name in enumerate(EVIL)
]
GOOD = WARS
WARS = GOOD + REFUSED
PACKED = [war for war in GOOD if war.layout == "packed"]


def _id(war):
    return war.path[1:]


def _get(server, war, path):
    return client.fetch(server.address, "GET", quote(war.path) + path)


@pytest.mark.parametrize("war", GOOD, ids=_id)
def test_application_runs_with_its_libraries_and_data(server, war):
    response = _get(server, war, "/app/x")
    assert response.status == 200
    assert response.json() == ["helper", "data", war.path + "/app", "/x"]


@pytest.mark.parametrize("war", GOOD, ids=_id)
def test_static_files_lie_beside_it(server, war):
    response = _get(server, war, "/static/page.txt")
    assert (response.status, response.body) == (200, b"page")


def test_nothing_is_written_into_a_war(server):
    for war in GOOD:
        assert _get(server, war, "/app/").status == 200
    # Of this boot, whoever declared it.
    for war in server.wars:
        if war.layout != "packed" and war.probe is not None:
            assert trees.written(server, war) == {}, war.path


def test_packed_war_stays_packed(server):
    for war in PACKED:
        response = _get(server, war, "/static/packed.txt")
        assert (response.status, response.body) == (200, b"never a file")
    assert list(server.base.rglob("packed.txt")) == []


@pytest.mark.parametrize("war", REFUSED, ids=_id)
def test_names_that_lead_out_of_a_packed_war_are_refused(server, war):
    # Where the container opens no such archive, the root's web application may answer.
    assert b"helper" not in _get(server, war, "/app/x").body
    assert list(server.base.rglob("*evil-*.py")) == []


def test_refused_name_is_logged_with_its_code(server):
    server.log.wait_for(r"IS0070: .*'/WEB-INF/app/\.\.\\")
