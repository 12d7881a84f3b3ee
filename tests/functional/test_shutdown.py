"""The end of a web application: running requests first, then Python, in the log's order."""

import re
import threading

import pytest

import client
import containers
from paths import HERE
from wars import War
from webxml import LISTENER, Filter, Servlet, WebXml

APP = {"isthmus.app": "leaving:application"}
FILES = {"WEB-INF/app": HERE / "sites" / "leaving"}

DRAINED = War(
    "/leaving/drained",
    WebXml(
        servlets=[Servlet("app", ["/app/*"], APP)],
        filters=[Filter("filtered", ["/filtered/*"], APP)],
        listeners=[LISTENER],
        context_params={"isthmus.drain": "60"},
    ),
    FILES,
)
IMPATIENT = War(
    "/leaving/impatient",
    WebXml(
        servlets=[Servlet("app", ["/app/*"], APP)],
        context_params={"isthmus.drain": "0.1"},
    ),
    FILES,
)

# On one JDK: nothing here depends on it, and the server is stopped each time.
pytestmark = pytest.mark.first_jdk


@pytest.fixture
def started(server, request, tmp_path):
    own = containers.create(
        server.name, server.jdk, request.config.jdks[0], tmp_path / "base"
    )
    own.start([DRAINED, IMPATIENT])
    yield own
    own.stop()


class Running:
    """A request that has begun, and ends when `let_go` is called."""

    def __init__(self, server, target, path):
        self._path = path
        self.connection = client.Connection(server.address)
        request = "GET %s?%s HTTP/1.1\r\nHost: a\r\n\r\n" % (target, path)
        self.connection.send(request.encode())
        head = self.connection.receive_head()
        assert head.status == 200

    def let_go(self):
        self._path.write_text("")

    def rest(self):
        return self.connection.receive_body()


def _ending(server, act):
    """Do something on a thread that lasts until the requests have ended."""
    thread = threading.Thread(target=act)
    thread.start()
    return thread
