"""isthmus.reload.mode and JMX: Python is exchanged while the web application serves."""

import json
import os
import re
import zipfile

import pytest

import messages
from redeploying import State, wait
from reloading import APP, Held, Site, reload_under_load, war
from webxml import Servlet

BOOT = "few"  # It counts what is left once all garbage is collected.
EXTRA = {"isthmus.reload.extra": "extra.txt, more/**.txt"}
WATCHED = war("/reload/watch", "watch", EXTRA)
LATE = {"isthmus.init.mode": "background", "isthmus.interpreter": "own"}
# It starts with its first request.
LAST = Servlet("last", ["/last/*"], {**APP, **LATE}, load_on_startup=None)
WRAPPED = Servlet("wrapped", ["/wrapped/*"], {"isthmus.app": "wrapped:application"})
TOUCHED = war("/reload/touch", "touch", {"isthmus.drain": "0.2"}, more=[LAST, WRAPPED])
# netty, which Jython's socket loads, has a Java package io.
TOUCHED.files["WEB-INF/app/pk/__init__.py"] = "import io\n"
TOUCHED.files["WEB-INF/app/wrapped.py"] = """
import pk, socket, io

NAME = io.TextIOWrapper.__name__


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return ['"%s"' % NAME]
"""
PACKED = war("/reload/packed", "watch", {"isthmus.pool.max": "2"}, layout="packed")
BROKEN = war(
    "/reload/broken",
    "watch",
    {"isthmus.init.error": "503"},
    more=[Servlet("late", ["/late/*"], {**APP, **LATE, "isthmus.init.error": "fail"})],
)
BROKEN.files["WEB-INF/app/app.py"] = "from pkg import missing\n"
WARS = [WATCHED, TOUCHED, PACKED, BROKEN]

WAITS = """
import logging
import threading

logging.getLogger("reload").info("deep waits")
threading.Event().wait(600)
"""
TIMES = 3  # scripts/soak reloads two hundred times.


@pytest.fixture
def watched(server):
    return Site(server, WATCHED)


@pytest.fixture
def touched(server):
    return Site(server, TOUCHED)


@pytest.fixture
def packed(server):
    return Site(server, PACKED)


# Watching


def test_module_that_another_one_imports_is_watched(watched):
    before = watched.get()
    watched.write("app/pkg/deep.py", "VALUE = %d\n" % (before["deep"] + 1))
    after = watched.generation(before)
    assert after["deep"] == before["deep"] + 1
    assert watched.get("/too/show") == after, "the two share an interpreter"


def test_module_that_a_request_has_imported_is_watched(watched):
    before = watched.get("/app/show?lazy")
    # From the next look on; what is written before that counts as changed too.
    watched.write("app/lazy.py", "VALUE = %d\n" % (before["lazy"] + 1))
    watched.generation(before)
    assert watched.get("/app/show?lazy")["lazy"] == before["lazy"] + 1


@pytest.mark.parametrize("name", ["extra.txt", "more/deep/er.txt"])
def test_extra_file_is_watched(watched, name):
    before = watched.get()
    watched.write(name, "extra")
    after = watched.generation(before)
    watched.file(name).unlink()
    watched.generation(after)


def test_failing_import_keeps_the_old_generation_and_a_repair_is_seen(watched):
    before = watched.get()
    log = watched.server.log
    mark = log.mark()
    text = r"IS0110: .*/reload/watch\b.* "
    watched.write("app/pkg/deep.py", "VALUE = (1\n")
    log.wait_for(text + "IS0077", mark)
    assert watched.get() == before
    watched.write("app/pkg/deep.py", "import not_there_yet as deeper\nVALUE = 7\n")
    log.wait_for(text + "IS0080", mark)
    assert watched.get() == before
    watched.write("app/not_there_yet.py", "")
    assert watched.generation(before)["deep"] == 7
    failures = [r for r in log.records(mark) if re.match(text, r.text)]
    assert [r.level for r in failures] == ["ERROR", "ERROR"], failures
    assert "pkg/deep.py" in failures[0].text
    assert "isthmus.reload.mode is 'watch'" in failures[0].text


def test_start_that_failed_is_mended(server):
    site = Site(server, BROKEN)
    server.log.wait_for("IS0073: .*/reload/broken")
    for path in ("/app/show", "/late/show", "/isthmus/ready"):
        assert site.request(path).status == 503
    site.write("app/pkg/missing.py", "raise ValueError('not yet')\n")
    server.log.wait_for("IS0110: .*/reload/broken.* IS0053")
    assert site.request("/app/show").status == 503
    source = (TOUCHED.files["WEB-INF/app"] / "app.py").read_text()
    site.write("app/pkg/missing.py", "")
    site.write("app/app.py", source)
    server.log.wait_for(messages.reloaded("/reload/broken"))
    assert site.get()["deep"] == 1
    assert site.get("/too/show") == site.get()
    assert site.get("/late/show")["name"] != site.get()["name"]
    assert site.request("/isthmus/ready").status == 200


# Touching


def test_touch_reloads_and_a_save_does_not(touched):
    before = touched.get()
    touched.write("app/pkg/deep.py", "VALUE = %d\n" % (before["deep"] + 1))
    mark = touched.server.log.mark()
    touched.touch()
    assert touched.generation(before)["deep"] == before["deep"] + 1
    text = messages.reloaded("/reload/touch")
    touched.server.log.wait_for(text, mark)
    touched.server.log.wait_for("stopping " + before["name"], mark)
    assert len(re.findall(text, touched.server.log.since(mark), re.M)) == 1


def test_module_io_is_pythons_in_each_generation(touched):
    for _ in range(2):
        assert touched.get("/wrapped/") == "TextIOWrapper"
        before = touched.get()
        touched.touch()
        touched.generation(before)
    assert touched.get("/wrapped/") == "TextIOWrapper"


def test_stream_outlives_the_reload_and_its_drain(touched):
    before = touched.get()
    mark = touched.server.log.mark()
    stream = Held(touched, "/app/stream")
    assert stream.first.decode() == before["name"]
    touched.touch()
    touched.generation(before)
    text = r"IS0113: 1 request .*generation \d+ .*\b0\.2 s"
    touched.server.log.wait_for(text, mark)
    touched.server.log.wait_for("GET /reload/touch/app/stream, thread '", mark)
    response = stream.let_go()
    expected = "%s %s 1 end" % (before["name"], before["name"])
    assert (response.body.decode(), response.complete) == (expected, True)
    touched.server.log.wait_for("stopping " + before["name"], mark)


def test_old_generations_are_bounded(touched):
    mark = touched.server.log.mark()
    held = []
    for _ in range(3):
        before = touched.get()
        held.append(Held(touched, "/app/stream"))
        touched.touch()
        touched.generation(before)
    log = touched.server.log
    log.wait_for("IS0114: 1 request .*generation", mark)
    log.wait_for("stopping " + held[0].first.decode(), mark)
    message = touched.server.log.since(mark)
    assert "stopping " + held[1].first.decode() not in message
    for stream in held[1:]:
        assert stream.let_go().complete
    held[0].let_go()


def test_included_request_stays_in_its_generation(touched):
    before = touched.get()
    held = Held(touched, "/app/includes")
    touched.touch()
    after = touched.generation(before)
    outer, _, inner = held.let_go().body.decode().partition(" ")
    assert outer == before["name"] != after["name"]
    assert json.loads(inner)["name"] == outer


# JMX


def test_operator_is_told_what_became_of_the_reload(touched, browser):
    before = touched.get()
    generation = int(touched.jmx("Generation"))
    message = touched.jmx()
    pattern = messages.reloaded("/reload/touch") + r".* generation %d\b"
    assert re.match(pattern % (generation + 1), message), message
    assert touched.get()["name"] != before["name"]
    touched.write("app/pkg/deep.py", "VALUE = (1\n")
    assert "IS0077: " in touched.jmx()
    touched.write("app/pkg/deep.py", "raise ValueError('of deep')\n")
    message = touched.jmx()
    assert re.match("failed: IS0110: .*/reload/touch", message), message
    assert "ValueError: of deep" in message
    assert "touch '%s'" % touched.file("reload.txt") in message
    found = touched.jmx("Generation", "State", "ReloadFailure")
    assert found.startswith("%d\nREADY\nIS0110: " % (generation + 1))
    assert "ValueError: of deep" in found
    assert touched.request("/isthmus/ready").status == 200
    _look_at(browser, touched)
    touched.write("app/pkg/deep.py", "VALUE = 1\n")
    assert re.match(messages.reloaded("/reload/touch"), touched.jmx())
    assert touched.jmx("ReloadFailure") == ""


def _look_at(browser, site):
    """The status page has the failure, closed until it is opened."""
    address = (*site.server.address, site.war.path)
    browser.open("http://%s:%d%s/isthmus/status" % address)
    shown = browser.until(lambda: browser.all("#reload:not([hidden]) summary"))
    assert "failed" in shown[0].text
    assert shown[0].text.endswith(" IS0053: ValueError: of deep")
    latest, before = browser.texts("#incidents summary")[:2]
    assert latest.rstrip().endswith(" — IS0053: ValueError: of deep")
    assert re.search("IS0110.* — IS0077: .*line 1 of .*/deep", before)
    shown[0].click()
    assert "ValueError: of deep" in browser.text("#reload-failure")
    assert browser.text("#ready") == "ready"
    assert browser.errors() == []


def test_packed_web_application_is_reloaded_by_jmx_alone(packed):
    text = "IS0112: .*'watch'.*/reload/packed"
    packed.server.log.wait_for(text)
    before = packed.get()
    assert packed.jmx("PoolMax", "PoolSize", "PoolBusy") == "2\n1\n0"
    assert re.match(messages.reloaded("/reload/packed"), packed.jmx())
    assert packed.get()["name"] != before["name"]
    # Of the new pool: in the old one, both are gone.
    with Held(packed, "/app/stream") as held:
        (app,) = packed.get("/isthmus/status.json")["apps"]
        assert app["pool"] == {"busy": 1, "size": 1, "max": 2}
        assert app["generation"] == 2
        held.let_go("/too/go")


# Libraries


def test_changed_jar_gives_a_class_loader_of_its_own(watched):
    before = watched.get()
    loaders = watched.get("/app/loader")
    directory = watched.file("jython")
    with zipfile.ZipFile(directory / "more.zip", "w") as jar:
        jar.writestr("more.txt", "")
    os.replace(directory / "more.zip", directory / "more.jar")
    after = watched.generation(before)
    assert watched.get("/app/loader") != loaders
    (directory / "more.jar").unlink()
    watched.generation(after)


# Load


def test_reloads_under_load_fail_no_request_and_leave_nothing(touched):
    touched.touch()
    touched.generation(touched.get())
    before = State(touched.server)
    clients = reload_under_load(touched, TIMES)
    assert not any(each.failures for each in clients), [c.failures for c in clients]
    assert len(set().union(*(each.names for each in clients))) >= TIMES
    after = wait(touched.server, lambda state: state.is_at_most(before))
    assert after.is_at_most(before), "%r\nwas %r" % (after, before)


# The end


def test_undeployment_ends_a_reload(touched):
    log = touched.server.log
    mark = log.mark()
    touched.write("app/pkg/deep.py", WAITS)
    touched.touch()
    log.wait_for("reload: deep waits", mark)
    touched.write("app/pkg/deep.py", "VALUE = 11\n")
    # What is started meanwhile waits for the reload.
    assert touched.request("/last/show").status == 503
    touched.server.redeploy(TOUCHED)
    log.wait_for(messages.reload_ended("/reload/touch"), mark)
    assert [r for r in log.records(mark) if r.level == "ERROR"] == []
    assert touched.get()["deep"] == 11
