"""A WAR in every shape: packed, unpacked, exploded, read-only; Jython in WEB-INF/lib.

Each finds its application by another convention, and by another context path.
"""

from urllib.parse import quote

import pytest

import client
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
PACKED = [war for war in WARS if war.layout == "packed"]


def _id(war):
    return war.path[1:]


def _get(server, war, path):
    return client.fetch(server.address, "GET", quote(war.path) + path)


@pytest.mark.parametrize("war", WARS, ids=_id)
def test_application_runs_with_its_libraries_and_data(server, war):
    response = _get(server, war, "/app/x")
    assert response.status == 200
    assert response.json() == ["helper", "data", war.path + "/app", "/x"]


@pytest.mark.parametrize("war", WARS, ids=_id)
def test_static_files_lie_beside_it(server, war):
    response = _get(server, war, "/static/page.txt")
    assert (response.status, response.body) == (200, b"page")


def _deployed(server):
    """(WAR, its directory) of every exploded WAR of this boot, whoever declared it."""
    for war in server.wars:
        if war.layout == "exploded":
            name = war.path.strip("/").replace("/", "#") or "ROOT"
            places = [server.base / "webapps" / name, server.base / "webapps" / "root"]
            name = war.path.strip("/").replace("/", "-") or "root"
            places += [
                server.base / "webapps" / name,
                server.base / "content" / (name + ".war"),
            ]
            yield war, next(place for place in places if place.is_dir())


def test_nothing_is_written_into_an_exploded_war(server):
    for war in WARS:
        assert _get(server, war, "/app/").status == 200
    for war, directory in _deployed(server):
        files = [path for path in directory.rglob("*") if path.is_file()]
        found = {f.relative_to(directory).as_posix(): f.stat().st_size for f in files}
        assert found == war.sizes(server.parts), war.path


def test_packed_war_stays_packed(server):
    for war in PACKED:
        response = _get(server, war, "/static/packed.txt")
        assert (response.status, response.body) == (200, b"never a file")
    assert list(server.base.rglob("packed.txt")) == []
