"""A WAR in every shape: packed, unpacked, exploded; Jython in WEB-INF/lib too."""

import pytest

import client
from wars import War
from webxml import Servlet, WebXml

APP = """
import os
import helper

HERE = os.path.dirname(os.path.abspath(__file__))


def application(environ, start_response):
    with open(os.path.join(HERE, "data.txt")) as data:
        text = data.read().strip()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("%s %s" % (helper.NAME, text)).encode("ascii")]
"""


def _war(path, **more):
    servlet = Servlet("app", ["/app/*"], {"isthmus.app": "shapes:application"})
    return War(
        path,
        WebXml(servlets=[servlet]),
        files={
            "WEB-INF/app/shapes.py": APP,
            "WEB-INF/app/data.txt": "data",
            "WEB-INF/lib-python/helper.py": 'NAME = "helper"\n',
        },
        **more,
    )


WARS = [
    _war("/shape-exploded"),
    _war("/shape-unpacked", layout="unpacked"),
    _war("/shape-packed", layout="packed"),
    _war("/shape-lib", jython="WEB-INF/lib"),
]


@pytest.mark.parametrize("war", WARS, ids=lambda war: war.path[1:])
def test_application_runs_with_its_libraries_and_data(server, war):
    response = client.fetch(server.address, "GET", war.path + "/app/")
    assert (response.status, response.body) == (200, b"helper data")


@pytest.mark.parametrize("path", ["/shape-exploded", "/shape-lib"])
def test_nothing_is_written_into_an_exploded_war(server, path):
    (war,) = [war for war in WARS if war.path == path]
    assert client.fetch(server.address, "GET", path + "/app/").status == 200
    deployed = server.base / "webapps" / path[1:]
    found = {f.relative_to(deployed).as_posix() for f in _files(deployed)}
    assert found == war.names(server.parts)


def _files(directory):
    return [path for path in directory.rglob("*") if path.is_file()]
