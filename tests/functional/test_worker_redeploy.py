"""CPython reloaded and deployed anew: no request is lost, and nothing is left behind.

On a Tomcat and a Jetty, and on a container of javax. What is counted is all that is in
the process, so each is a container of this module's own.
"""

import os
import pathlib
import re
import time
from typing import NamedTuple

import pytest

import client
import containers
import where
from mounts import APPS
from redeploying import State, wait
from reloading import TIMEOUT, Held, Site, reload_under_load, war
from webxml import Servlet

READS = Servlet("reads", ["/reads/*"], {"isthmus.app": "reads:application"})
WAR = war("/again/workers", "touch", {"isthmus.drain": "0.2"}, more=[READS])
WAR.files["WEB-INF/app/reads.py"] = APPS / "reads.py"
RELOADS = 5
TIMES = 3


class Left(NamedTuple):
    """What there is of worker processes: it is to be as it was at the start."""

    processes: int
    zombies: int
    pipes: int
    threads: int
    directories: int


def _left(server):
    states = [_state(pid, server.pid) for pid in os.listdir("/proc") if pid.isdigit()]
    process = pathlib.Path("/proc") / str(server.pid)
    files = [_text(os.readlink, fd) for fd in (process / "fd").iterdir()]
    names = [_text(pathlib.Path.read_text, t / "comm") for t in process.glob("task/*")]
    return Left(
        len([state for state in states if state]),
        states.count("Z"),
        len([file for file in files if "isthmus-workers-" in file]),
        len([name for name in names if name.startswith("isthmus-")]),
        _pipes(server.base),
    )


def _pipes(base):
    # Not by glob, which fails if a directory goes meanwhile.
    walked = os.walk(base)
    return sum(len(d) + len(f) for p, d, f in walked if "/isthmus-workers-" in p)


def _text(read, path):
    try:
        return read(path)
    except OSError:
        return ""  # it has just gone


def _state(pid, parent):
    """The state of a child process, as /proc has it; None if it is no child."""
    text = _text(pathlib.Path.read_text, pathlib.Path("/proc") / pid / "stat")
    fields = text.rpartition(")")[2].split()
    return fields[0] if fields and fields[1] == str(parent) else None


def _assert_left(site):
    end = time.monotonic() + TIMEOUT
    while (left := _left(site.server)) != site.at_start and time.monotonic() < end:
        time.sleep(0.1)
    assert left == site.at_start


class Workers(Site):
    """The site, and what there was of workers at the start."""

    def __init__(self, server):
        super().__init__(server, WAR)
        self.at_start = _left(server)


JAVAX = pytest.param("tomcat9", marks=pytest.mark.matrix)


@pytest.fixture(scope="module", params=["tomcat11", "jetty-ee10", JAVAX])
def site(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("workers") / "base"
    own = containers.create(request.param, jdk, jdk, base, engine=where.CPYTHON)
    own.start([WAR])
    yield Workers(own)
    own.stop()
    assert not list(base.glob("**/isthmus-workers-*"))


def test_body_comes_back(site):
    target = WAR.path + "/reads/?read:2,readline,read"
    response = client.fetch(site.server.address, "POST", target, body=b"a line\nmore")
    assert response.json() == ["a ", "line\n", "more"]


def test_stream_outlives_the_reload_and_its_drain(site):
    before = site.get()
    mark = site.server.log.mark()
    stream = Held(site, "/app/stream")
    assert stream.first.decode() == before["name"]
    site.touch()
    site.generation(before)
    site.server.log.wait_for(r"IS0113: 1 request .*generation \d+ .*\b0\.2 s", mark)
    response = stream.let_go()
    expected = "%s %s 1 end" % (before["name"], before["name"])
    assert (response.body.decode(), response.complete) == (expected, True)
    site.server.log.wait_for("stopping " + before["name"], mark)


def test_reloads_under_load_fail_no_request_and_leave_nothing(site):
    reloads_leave_nothing(site, RELOADS)


def test_redeployment_leaves_nothing_behind(site):
    redeployments_leave_nothing(site, TIMES)


def test_start_after_a_kill_deletes_what_that_left(request, tmp_path):
    """Where the directory is the same again: Jetty takes another at each start."""
    jdk = request.config.jdks[0]
    own = containers.create("tomcat11", jdk, jdk, tmp_path, engine=where.CPYTHON)
    own.start([WAR])
    try:
        before = set(tmp_path.glob("**/isthmus-workers-*"))
        own.kill()
        assert before == set(tmp_path.glob("**/isthmus-workers-*"))
        own.start_again()
        after = set(tmp_path.glob("**/isthmus-workers-*"))
        assert (len(before), len(after), before & after) == (1, 1, set())
    finally:
        own.stop()


# tests/soak does the same more often.


def reloads_leave_nothing(site, times):
    assert (site.at_start.processes, site.at_start.zombies) == (1, 0)
    clients = reload_under_load(site, times)
    assert [failure for each in clients for failure in each.failures] == []
    assert len(clients[0].names) >= times
    _assert_left(site)


def redeployments_leave_nothing(site, times):
    site.server.redeploy(WAR)
    site.get()
    loaders = State(site.server)
    mark = site.server.log.mark()
    for _ in range(times):
        site.server.redeploy(WAR)
        site.get()
    _assert_left(site)
    after = wait(site.server, lambda state: state.is_at_most(loaders))
    # What was left before the first may be collected in between.
    assert after.is_at_most(loaders), "%r\nwas %r" % (after, loaders)
    messages = [r.text for r in site.server.log.records(mark)]
    assert [text for text in messages if re.search(r"\bIS01(8[1-6]|9\d)\b", text)] == []
