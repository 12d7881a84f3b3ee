"""Every way to code and data, in every layout of a web application.

The table is WAYS × WARS × the containers; the application is sites/features. Those
of frameworks are in `mvn verify` in the layout that Isthmus unpacks by itself, alone:
examples/ has frameworks exploded, tests/cli/test_deployed.py unpacked by the container.
To Python, exploded and unpacked are the same: there, each container has one of them.
"""

import pathlib

import pytest

import client
import trees
import where
from layout_ways import MODIFIED, OF_FRAMEWORKS, WAYS, files
from wars import War
from webxml import Servlet, WebXml

JETTYS = tuple(name for name in where.ALL if name not in where.TOMCATS)
# Found once: they are thousands.
FILES = dict(files())


def _war(name, **layout):
    servlet = Servlet("app", ["/*"], {"isthmus.app": "features:application"})
    return War(
        "/features-" + name,
        WebXml(servlets=[servlet]),
        dict(FILES),
        probe="/listdir",
        **layout,
    )


WARS = [
    # Read-only: whatever needs no right to write works with it too.
    _war("exploded-read-only", writable=False, matrix=JETTYS),
    _war("unpacked", layout="unpacked", matrix=where.TOMCATS),
    _war("packed", layout="packed"),
]
EACH = pytest.mark.parametrize("war", WARS, ids=[war.path[1:] for war in WARS])
PLACES = [
    pytest.param(
        war,
        way,
        marks=pytest.mark.matrix
        if way in OF_FRAMEWORKS and war.layout != "packed"
        else (),
        id="%s-%s" % (war.path[1:], way),
    )
    for war in WARS
    for way in WAYS
]


@pytest.mark.parametrize(("war", "way"), PLACES)
def test_way_leads_to_it(server, war, way):
    response = client.fetch(server.address, "GET", war.path + "/" + way)
    assert (response.status, response.body.decode()) == (200, WAYS[way])


@EACH
def test_files_keep_their_times(server, war):
    # Bytecode is used only with the source of the time that it remembers.
    response = client.fetch(server.address, "GET", war.path + "/modified")
    modified = int(response.body)
    if server.name.startswith("jetty") and war.layout == "unpacked":
        # Jetty gives a file that it unpacks the time of that moment.
        assert modified > MODIFIED
    else:
        assert modified == MODIFIED


@EACH
def test_read_only_directory_is_read_only(server, war):
    # Were it not, the other tests would prove nothing of it.
    response = client.fetch(server.address, "GET", war.path + "/write_beside_the_file")
    expected = b"written" if war.writable else b"refused: Permission denied"
    assert (response.status, response.body) == (200, expected)


@EACH
def test_files_of_eggs_are_below_the_containers_directory(server, war):
    target = war.path + "/place_of_a_file_of_an_egg"
    response = client.fetch(server.address, "GET", target)
    place = pathlib.Path(response.body.decode())
    assert place.is_file()
    assert {server.base / "temp", server.base / "work"} & set(place.parents)


def test_tomcat_warns_of_no_file_that_its_cache_has_no_room_for(server):
    # One by one, the files of these libraries are more than it holds.
    assert "to the cache for web application [/features" not in server.log.text()


def test_nothing_is_written_into_a_war(request, server):
    ways = set(WAYS)
    if not request.config.getoption("matrix"):
        ways -= OF_FRAMEWORKS
    for war in WARS:
        if war in server.wars and war.layout != "packed":
            for way in ways:
                client.fetch(server.address, "GET", war.path + "/" + way)
            assert trees.written(server, war) == {}
