"""Every way to code and data, in every layout of a web application.

The table is WAYS × LAYOUTS × the containers; the application is sites/features. Those
of frameworks are in `mvn verify` in the layout that Isthmus unpacks by itself, alone:
examples/ has frameworks exploded, tests/cli/test_deployed.py unpacked by the container.
"""

import pathlib

import pytest

import client
import trees
from layout_ways import MODIFIED, OF_FRAMEWORKS, WAYS, files
from wars import War
from webxml import Servlet, WebXml


def _war(name, **layout):
    servlet = Servlet("app", ["/*"], {"isthmus.app": "features:application"})
    return War(
        "/features-" + name,
        WebXml(servlets=[servlet]),
        dict(files()),
        probe="/listdir",
        **layout,
    )


WARS = [
    # Read-only: whatever needs no right to write works with it too.
    _war("exploded-read-only", writable=False),
    _war("unpacked", layout="unpacked"),
    _war("packed", layout="packed"),
]
LAYOUTS = [war.path for war in WARS]
PLACES = [
    pytest.param(war.path, way, marks=pytest.mark.matrix)
    if way in OF_FRAMEWORKS and war.layout != "packed"
    else (war.path, way)
    for war in WARS
    for way in WAYS
]


@pytest.mark.parametrize(("layout", "way"), PLACES)
def test_way_leads_to_it(server, layout, way):
    response = client.fetch(server.address, "GET", layout + "/" + way)
    assert (response.status, response.body.decode()) == (200, WAYS[way])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_keep_their_times(server, layout):
    # Bytecode is used only with the source of the time that it remembers.
    response = client.fetch(server.address, "GET", layout + "/modified")
    modified = int(response.body)
    if server.name.startswith("jetty") and layout.endswith("unpacked"):
        # Jetty gives a file that it unpacks the time of that moment.
        assert modified > MODIFIED
    else:
        assert modified == MODIFIED


@pytest.mark.parametrize("layout", LAYOUTS)
def test_read_only_directory_is_read_only(server, layout):
    # Were it not, the other tests would prove nothing of it.
    response = client.fetch(server.address, "GET", layout + "/write_beside_the_file")
    refused = layout.endswith("read-only")
    expected = b"refused: Permission denied" if refused else b"written"
    assert (response.status, response.body) == (200, expected)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_of_eggs_are_below_the_containers_directory(server, layout):
    target = layout + "/place_of_a_file_of_an_egg"
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
        if war.layout != "packed":
            for way in ways:
                client.fetch(server.address, "GET", war.path + "/" + way)
            assert trees.written(server, war) == {}
