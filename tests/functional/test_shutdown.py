"""The end of a web application: running requests first, then Python."""

import contextlib
import re
import threading
import time

import pytest

import client
import containers
import messages
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

# Of the end, in its order.
RECORDS = {
    "stopping": messages.stopping("/leaving/drained"),
    "leaving: close": "leaving: close",
    "leaving: atexit": "leaving: atexit",
    "leaving: thread": "leaving: thread",
    "Python stopped": messages.PYTHON_STOPPED,
    "stopped": messages.stopped("/leaving/drained"),
}
IN_ORDER = list(RECORDS)


EXITING = """
import atexit

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["here"]

def leave():
    with open(%r, "w") as note:
        note.write("gone")

atexit.register(leave)
"""


@pytest.fixture(scope="module")
def note(tmp_path_factory):
    """What the exit function of /exiting writes."""
    return tmp_path_factory.mktemp("exiting") / "note.txt"


@pytest.fixture(scope="module")
def started(server, request, tmp_path_factory, note):
    """A container that the last of its tests ends."""
    exiting = War(
        "/exiting",
        WebXml(servlets=[Servlet("app", ["/*"])]),
        files={"WEB-INF/app/wsgi.py": EXITING % str(note)},
        probe="/",
    )
    base = tmp_path_factory.mktemp("shutdown") / "base"
    own = containers.create(server.name, server.jdk, request.config.jdks[0], base)
    own.start([DRAINED, IMPATIENT, exiting])
    yield own
    own.stop()


class Running:
    """A request that has begun, and ends when it is let go."""

    def __init__(self, server, war, path, way="app"):
        self._path = path
        self.written = path.with_name(path.name + ".out")
        self._connection = client.Connection(server.address)
        self._connection.request("GET", "%s/%s/wait?%s" % (war.path, way, path))
        self._response = self._connection.receive_head()
        assert self._response.status == 200
        assert self._connection.read_piece() == b"begun "

    def let_go(self):
        self._path.write_text("")

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._connection.close()

    def rest(self):
        """The whole body, and whether it ended as it was to."""
        while self._connection.read_piece():
            pass
        return self._response.body, self._response.complete


@contextlib.contextmanager
def meanwhile(act, *arguments):
    """Does something that lasts until what is inside has happened."""
    failures = []

    def guarded():
        try:
            act(*arguments)
        except Exception as failure:
            failures.append(failure)

    thread = threading.Thread(target=guarded)
    thread.start()
    yield
    thread.join()
    assert not failures, failures


def logged(server, mark):
    """What the application and Isthmus said of the end, in its order."""
    lines = server.log.since(mark).splitlines()
    return [n for line in lines for n in RECORDS if re.search(RECORDS[n], line)]


@pytest.mark.parametrize("way", ["app", "filtered"])
def test_stopped_web_application_lets_requests_end(started, tmp_path, way):
    mark = started.log.mark()
    with (
        Running(started, DRAINED, tmp_path / "go", way) as running,
        meanwhile(started.redeploy, DRAINED),
    ):
        text = RECORDS["stopping"] + r".*\b1 request\b"
        assert started.log.wait_for(text, mark)
        assert not running.written.exists() or not running.written.read_text()
        running.let_go()
        assert running.rest() == (b"begun ended", True)
    assert running.written.read_text() == "written"
    # Jetty starts the new one first.
    assert started.log.wait_for(RECORDS["stopped"], mark)
    assert logged(started, mark) == IN_ORDER
    assert client.fetch(started.address, "GET", DRAINED.path + "/app/").status == 200


def test_request_that_takes_too_long_is_reported(started, tmp_path):
    mark = started.log.mark()
    with (
        Running(started, IMPATIENT, tmp_path / "go") as running,
        meanwhile(started.redeploy, IMPATIENT),
    ):
        assert started.log.wait_for(
            r"IS0067: 1 request .*/leaving/impatient\b.*\b0\.1 s", mark
        )
        named = r"GET /leaving/impatient/app/wait, thread '"
        assert started.log.wait_for(named, mark)
        running.let_go()
    assert started.log.wait_for(messages.stopped("/leaving/impatient"), mark)
    assert client.fetch(started.address, "GET", IMPATIENT.path + "/app/").status == 200


@pytest.mark.parametrize("way", ["forever", "generator"])
def test_stream_that_is_cut_is_closed_and_recorded_once(started, way):
    mark = started.log.mark()
    connection = client.Connection(started.address)
    connection.request("GET", "%s/app/%s" % (IMPATIENT.path, way))
    response = connection.receive_head()
    assert connection.read_piece() == b"begun "
    started.redeploy(IMPATIENT)
    while connection.read_piece():
        pass
    assert not response.complete
    connection.close()
    assert started.log.wait_for(messages.stopped("/leaving/impatient"), mark)
    found = started.log.records(mark)
    cut = [r for r in found if "IS0548" in r.text]
    assert [r.level for r in cut] == ["WARNING"]
    assert "GET /leaving/impatient/app/" + way in cut[0].text
    assert len([r for r in found if "leaving: stream closed" in r.text]) == 1
    # Tomcat has a line of its own for each response that is aborted.
    errors = [r.text for r in found if r.level == "ERROR"]
    assert [text for text in errors if "ResponseAborted" not in text] == []
    assert [text for text in errors if "\tat " in text] == []


def refuses(server):
    """Whether a new connection is refused, gets no answer, or 503."""
    try:
        target = DRAINED.path + "/app/"
        return client.fetch(server.address, "GET", target, timeout=1.0).status == 503
    except OSError:
        return True


def test_sigterm_lets_requests_end_and_runs_exit_functions(started, tmp_path, note):
    assert client.fetch(started.address, "GET", "/exiting/").body == b"here"
    assert not note.exists()
    mark = started.log.mark()
    on_tomcat = started.name.startswith("tomcat")
    with Running(started, DRAINED, tmp_path / "go") as running, meanwhile(started.stop):
        end = time.monotonic() + 15.0
        while not refuses(started) and time.monotonic() < end:
            time.sleep(0.05)
        assert time.monotonic() < end
        if on_tomcat:
            # Jetty's own handler waits for requests, before it stops anything.
            assert started.log.wait_for(RECORDS["stopping"], mark)
        running.let_go()
        assert running.rest() == (b"begun ended", True)
    # Not closed by a hook of Jython's, while the container lets the request end.
    assert running.written.read_text() == "written"
    assert note.read_text() == "gone"
    if on_tomcat:
        # On Jetty logs end here: java.util.logging does, with the JVM's first hook.
        # The other web applications end too, before or after this one.
        texts = iter(logged(started, mark))
        assert all(text in texts for text in IN_ORDER)
