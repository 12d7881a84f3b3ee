"""isthmus.init.mode=background: deployed at once, 503 until started, and if it fails.

That this boot has started at all is a test: two of these applications wait in their
imports, one for a file that the first test makes, the other for ever.
"""

import re
import subprocess
import time

import client
import messages
from paths import HERE
from wars import War
from webxml import LISTENER, Filter, Servlet, WebXml

FILES = {"WEB-INF/app": HERE / "sites" / "background"}
BACKGROUND = {"isthmus.init.mode": "background"}
TIMEOUT = 60.0
SECRETS = [b"Traceback", b"secret", b"broken.py", b"org.isthmus"]


def _app(name, **more):
    return {"isthmus.app": name + ":application", **more}


STARTING = War(
    "/background/starting",
    WebXml(
        servlets=[
            Servlet("slow", ["/slow/*"], _app("slow")),
            Servlet("twice", ["/twice/*"], _app("slow")),
            Servlet("lazy", ["/lazy/*"], _app("quick"), load_on_startup=None),
            Servlet("broken", ["/broken/*"], _app("broken")),
            Servlet(
                "status",
                ["/isthmus/*"],
                {"isthmus.status.access": "loopback"},
                class_name="org.isthmus.StatusServlet",
            ),
        ],
        filters=[Filter("filtered", ["/filtered/*", "/static/*"], _app("quick"))],
        listeners=[LISTENER],
        context_params={**BACKGROUND, "isthmus.preload": "colorsys, wsgiref.headers"},
    ),
    {**FILES, "static/page.txt": "page"},
)
NEVER = War(
    "/background/never",
    WebXml(servlets=[Servlet("never", ["/app/*"], _app("never", **BACKGROUND))]),
    FILES,
)
WARS = [STARTING, NEVER]
STARTED = ("slow", "twice", "lazy", "filtered")


def _get(server, path, war=STARTING):
    return client.fetch(server.address, "GET", war.path + path)


def _assert_refused(response):
    assert response.status == 503
    assert [secret for secret in SECRETS if secret in response.body] == []


def _open(server):
    (server.base / "background.open").touch()


def _started(server, name):
    """The answer of an application, once it has started."""
    _open(server)
    end = time.monotonic() + TIMEOUT
    while (response := _get(server, "/%s/" % name)).status == 503:
        assert time.monotonic() < end, server.log.tail()
        time.sleep(0.05)
    assert response.status == 200
    return response


def test_requests_get_503_and_a_time_to_come_back_until_all_has_started(server):
    for name in STARTED:
        response = _get(server, "/%s/" % name)
        _assert_refused(response)
        assert response.all("Retry-After") == ["5"]
    for name in STARTED:
        _started(server, name)


def test_static_files_do_not_wait(server):
    response = _get(server, "/static/page.txt")
    assert (response.status, response.body) == (200, b"page")


def test_modules_of_the_setting_are_imported_before_applications(server):
    assert _started(server, "filtered").json() == ["colorsys", "wsgiref.headers"]


def test_what_takes_how_long_is_one_record(server):
    for name in STARTED:
        _started(server, name)
    head = r"'slow:application' .*%s\b.* started" % STARTING.path
    (record,) = server.log.wait_for_records(lambda r: re.search(head, r.text))
    assert record.level == "INFO" and "\n" not in record.text
    found = re.search(r"started in (\d+\.\d) s \(.*import (\d+\.\d)", record.text)
    assert found, record.text
    shown = _get(server, "/isthmus/status.json").json()
    (app,) = [app for app in shown["apps"] if app["name"] == "slow:application"]
    assert abs(app["importSeconds"] - float(found.group(2))) < 0.051


def test_failure_is_logged_once_with_its_cause(server):
    for name in STARTED:
        _started(server, name)
    for _ in range(3):
        _assert_refused(_get(server, "/broken/"))
    server.log.wait_for("IS0073: .*%s\\b" % STARTING.path)
    (record,) = [r for r in server.log.records() if "secret of the broken" in r.text]
    assert record.level == "ERROR"
    assert record.text.startswith("IS0073")
    assert "IS0053" in record.text.splitlines()[0]
    assert "broken.py" in record.text
    shown = _get(server, "/isthmus/status.json").json()
    apps = {app["name"]: app for app in shown["apps"]}
    broken = apps["broken:application"]
    assert (broken["state"], broken["errors"]) == ("FAILED", {"IS0073": 1})
    assert "secret of the broken" in shown["incidents"][0]["text"]


def test_undeployment_ends_what_has_not_started(server):
    _assert_refused(_get(server, "/app/", NEVER))
    before = _starting_threads(server)
    mark = server.log.mark()
    server.redeploy(NEVER)
    server.log.wait_for(messages.start_ended(NEVER.path), mark)
    _assert_refused(_get(server, "/app/", NEVER))
    end = time.monotonic() + TIMEOUT
    while (now := _starting_threads(server)) != before and time.monotonic() < end:
        time.sleep(0.2)
    assert now == before
    assert [r.text for r in server.log.records(mark) if r.level == "ERROR"] == []


def _starting_threads(server):
    """How many threads start applications, or run Python for that."""
    command = [server.jdk.tool("jcmd"), str(server.pid), "Thread.print"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [text.count('"%s"' % name) for name in ("isthmus-start", "isthmus-engine")]
