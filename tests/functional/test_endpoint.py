"""A WebSocket's endpoint in Java beside an application: the recipe of streams.md."""

import pytest
import websocket

import client
import containers
import engines
from handshake import HANDSHAKE
from mounts import APPS
from wars import War
from webxml import Filter, Servlet, WebXml

APP = {"isthmus.app": "hello:application"}


def _war(path, settings=()):
    """Python as a servlet, as a filter too, and an endpoint behind each of them."""
    return War(
        path,
        WebXml(
            servlets=[Servlet("app", ["/*"], APP)],
            filters=[Filter("filter", ["/filtered/*"], APP)],
            context_params=dict(settings),
        ),
        files={"WEB-INF/app/hello.py": APPS / "hello.py"},
        java=["functional/Socket.java", "functional/FilteredSocket.java"],
        probe="/",
    )


PATH = "/endpoint"
WARS = [_war(PATH)]
ON_JETTY = [_war("/" + name, kind.settings) for name, kind in engines.KINDS.items()]
PLACES = ["/", "/filtered/"]


@pytest.fixture(scope="module")
def jetty(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("endpoint") / "base"
    jetty = containers.create("jetty-ee10", jdk, compiler=jdk, base=base)
    jetty.files = {"start.d/websocket.ini": "--module=ee10-websocket-jakarta\n"}
    jetty.start(ON_JETTY)
    yield jetty
    jetty.stop()


def _assert_both_answer(server, path):
    """An endpoint takes its handshakes, and Python all else."""
    address = "ws://%s:%d%ssocket" % (*server.address, path)
    connection = websocket.create_connection(address, timeout=60)
    try:
        for message in ("caf\u00e9", "once more"):
            connection.send(message)
            assert connection.recv() == message
    finally:
        connection.close()
    assert client.fetch(server.address, "GET", path + "socket").body == b"hello"
    elsewhere = client.fetch(server.address, "GET", path + "other", HANDSHAKE)
    assert elsewhere.status == 501


@pytest.mark.parametrize("place", PLACES)
def test_endpoint_speaks_beside_python(server, place):
    _assert_both_answer(server, PATH + place)


@pytest.mark.matrix
@pytest.mark.parametrize("engine", list(engines.KINDS))
@pytest.mark.parametrize("place", PLACES)
def test_endpoint_speaks_beside_python_on_jetty(jetty, engine, place):
    _assert_both_answer(jetty, "/" + engine + place)
