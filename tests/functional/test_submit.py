"""isthmus.submit: what runs after a response, what it may not do, and how it ends."""

import pathlib
import re
import uuid
from typing import NamedTuple

import pytest

import client
import polling
from mounts import APPS
from wars import War
from webxml import Filter, Servlet, WebXml

APP = {
    "isthmus.app": "submits:application",
    "isthmus.submit.threads": "2",
    "isthmus.submit.max_queue": "3",
    "isthmus.events": "stopping: submits:stopping",
}
FILES = {"WEB-INF/app/submits.py": APPS / "submits.py"}


NAME = "concurrent/submit"


class Tomcat(NamedTuple):
    """An element of the <Context>."""

    tomcat: str


EXECUTOR = Tomcat(
    '<Resource name="%s" type="java.util.concurrent.ExecutorService"'
    ' factory="functional.ExecutorFactory" closeMethod="shutdownNow"/>' % NAME
)
TEXT = Tomcat('<Environment name="%s" type="java.lang.String" value="x"/>' % NAME)


def _war(path, drain, filters=(), servlet=(), **given):
    servlets = [Servlet("app", ["/app/*"], {**APP, **dict(servlet)})]
    params = {"isthmus.drain": drain, "isthmus.reload.mode": "touch"}
    web_xml = WebXml(servlets, list(filters), context_params=params)
    return War("/submit" + path, web_xml, FILES, **given)


def _with_executor(path, **given):
    servlet = {"isthmus.submit.executor": NAME}
    return _war(path, "10", servlet=servlet, containers=("tomcat11",), **given)


OWN = Filter("filtered", ["/filtered/*"], {**APP, "isthmus.interpreter": "own"})
USED = _war("", "10", [OWN])
PATIENT = _war("/patient", "60")
IMPATIENT = _war("/impatient", "0.2")
LAST = {"isthmus.worker.max_requests": "3"}
RECYCLED = {
    "slow": _war("/slow", "60", servlet=LAST, engines=("cpython",)),
    "stay": _war("/stay", "0.2", servlet=LAST, engines=("cpython",)),
}
JAVA = ["functional/ExecutorFactory.java"]
ON_JYTHON = {"engines": ("jython",)}
MANAGED = _with_executor("/managed", java=JAVA, operator=EXECUTOR, **ON_JYTHON)
ABSENT = _with_executor("/absent", probe=None, **ON_JYTHON)
OTHER = _with_executor("/other", probe=None, operator=TEXT, **ON_JYTHON)
REFUSED = _with_executor("/refused", probe=None, engines=("cpython",))
WARS = [USED, PATIENT, IMPATIENT, *RECYCLED.values(), MANAGED, ABSENT, OTHER, REFUSED]


class Asked:
    """One of the WARs, asked with a key of its own."""

    def __init__(self, server, war, way="app"):
        self.server = server
        self.war = war
        self.key = uuid.uuid4().hex
        self._path = "%s/%s/" % (war.path, way)
        self.mark = server.log.mark()

    def get(self, case):
        response = self._fetch(case)
        assert response.status == 200, response
        return response.json()

    def _fetch(self, case):
        path = "%s%s?%s" % (self._path, case, self.key)
        return client.fetch(self.server.address, "GET", path)

    def shows(self, expected):
        """Wait until this is what the tasks have noted."""
        polling.until(lambda: self.get("show") == expected, lambda: self.get("show"))


@pytest.fixture(params=["app", "filtered"])
def asked(server, request):
    return Asked(server, USED, request.param)


def test_task_runs_on_another_thread_with_its_arguments(asked):
    assert asked.get("note") == "None"
    asked.shows(["True [('function', 'f'), ('self', 's'), ('submit', 'u')]"])


def test_task_may_submit_when_its_request_has_ended(asked):
    asked.get("again")
    asked.shows(["again"])


@pytest.mark.parametrize(
    ("case", "error"), [("raise", "ValueError"), ("exit", "SystemExit")]
)
def test_exception_is_logged_with_its_traceback_and_ends_nothing(asked, case, error):
    asked.get(case)
    message = "%s: of a task: %s" % (error, asked.key)
    (record,) = asked.server.log.wait_for_records(
        lambda r: message in r.text, asked.mark
    )
    assert record.level == "ERROR"
    assert re.search("IS0546: submits:(fails|exits), ", record.text)
    assert "Traceback (most recent call last)" in record.text
    assert re.search("in (fails|exits)", record.text)
    asked.get("again")
    asked.shows(["again"])


def test_builtin_function_is_named_with_its_module(asked):
    asked.get("builtin")
    message = "SystemExit: of a task: " + asked.key
    (record,) = asked.server.log.wait_for_records(
        lambda r: message in r.text, asked.mark
    )
    assert "IS0546: sys:exit, " in record.text


def test_what_is_not_callable_is_refused(asked):
    kind, text, other, nothing = asked.get("mistaken")
    assert (kind, other) == ("TypeError", "TypeError")
    assert text.startswith("IS0544: ")
    assert "NoneType" in text
    assert "nothing" in nothing


def test_more_than_queue_and_threads_hold_is_refused_and_the_rest_runs(asked):
    number, kind, text = asked.get("fill")
    # Two run, and three wait.
    assert (number, kind) == (5, "RuntimeError")
    assert text.startswith("IS0545: ")
    for word in ("submits:waits", "isthmus.submit.max_queue is 3"):
        assert word in text
    asked.get("let_go")
    polling.until(
        lambda: sorted(asked.get("show")) == [*range(5)], lambda: asked.get("show")
    )
    asked.get("again")
    polling.until(lambda: asked.get("show")[5:] == ["again"], lambda: asked.get("show"))


def _assert_waited(asked):
    """The three slow tasks have ended, before the event, and nothing was cut."""
    asked.server.log.wait_for("submits: stopping", asked.mark)
    texts = [record.text for record in asked.server.log.records(asked.mark)]
    message = "slow task has ended: " + asked.key
    order = [t for t in texts if message in t or "submits: stopping" in t]
    assert [message in text for text in order[:4]] == [True, True, True, False]
    assert not [text for text in texts if re.search(r"\bIS0(547|062|063)\b", text)]


def _assert_cut(asked):
    """What stays has been cut; nothing of it remains."""
    asked.server.log.wait_for("submits: stopping", asked.mark)
    records = asked.server.log.records(asked.mark)
    (cut,) = [r for r in records if "IS0547" in r.text]
    assert cut.level == "WARNING"
    for words in ("running 2 (submits:stays 2)", "waiting 1 (submits:stays)", "0.2 s"):
        assert words in cut.text
    assert not [r for r in records if re.search(r"\bIS00(62|63)\b", r.text)]


def test_undeployment_waits_for_running_and_waiting_tasks(server):
    asked = Asked(server, PATIENT)
    asked.get("slow")
    server.redeploy(PATIENT)
    _assert_waited(asked)


def test_reload_waits_for_them_too(server):
    asked = Asked(server, PATIENT)
    asked.get("slow")
    _reload(asked)
    _assert_waited(asked)


def test_undeployment_cuts_what_does_not_end_within_the_drain(server):
    asked = Asked(server, IMPATIENT)
    asked.get("stay")
    server.redeploy(IMPATIENT)
    _assert_cut(asked)


def test_reload_cuts_it_too(server):
    asked = Asked(server, IMPATIENT)
    asked.get("stay")
    _reload(asked)
    _assert_cut(asked)


def _reload(asked):
    before = asked.get("name")
    asked.war.edited.add("WEB-INF/reload.txt")
    (asked.server.directory(asked.war) / "WEB-INF" / "reload.txt").touch()
    polling.until(lambda: asked.get("name") != before)


@pytest.mark.cpython
def test_tasks_without_an_end_keep_no_worker(server):
    asked = Asked(server, IMPATIENT)
    process = pathlib.Path("/proc") / str(asked.get("pid"))
    asked.get("stay")
    server.redeploy(IMPATIENT)
    polling.until(lambda: not process.exists())


@pytest.mark.parametrize(
    ("war", "case", "check"),
    [
        (RECYCLED["slow"], "slow", _assert_waited),
        (RECYCLED["stay"], "stay", _assert_cut),
    ],
    ids=["waits", "cuts"],
)
def test_worker_that_is_replaced_ends_its_tasks(server, war, case, check):
    asked = Asked(server, war)
    process = pathlib.Path("/proc") / str(asked.get("pid"))
    asked.get(case)
    # The worker's third request is its last; another one takes over meanwhile.
    polling.until(lambda: str(asked.get("pid")) != process.name)
    check(asked)
    polling.until(lambda: not process.exists())


@pytest.mark.parametrize("war", [MANAGED], ids=["managed"])
def test_executor_of_the_container_gives_its_threads(server, war):
    asked = Asked(server, war)
    asked.get("where")
    asked.shows(["managed"])


@pytest.mark.parametrize("war", [MANAGED], ids=["managed"])
def test_refusal_of_that_executor_is_an_exception_with_a_code(server, war):
    asked = Asked(server, war)
    filled = []

    def takes_one():
        filled[:] = asked.get("fill")
        return filled[0]

    # Its thread may be on the way back from the last task, and then takes none.
    polling.until(takes_one)
    number, kind, text = filled
    assert (number, kind) == (1, "RuntimeError")
    assert text.startswith("IS0545: ")
    assert "isthmus.submit.executor" in text and NAME in text
    asked.get("let_go")
    asked.shows([0])
    # Nothing is left of the refused one.
    polling.until(lambda: asked.get("try") == ["taken"])


@pytest.mark.parametrize(
    ("war", "words"),
    [
        (ABSENT, "java:comp/env/" + NAME),
        (OTHER, "java.lang.String"),
        (REFUSED, "isthmus.engine is 'cpython'"),
    ],
    ids=["absent", "other", "refused"],
)
def test_executor_that_cannot_be_is_refused_at_the_start(server, war, words):
    texts = [r.text for r in server.log.records() if "IS0543: " in r.text]
    assert [text for text in texts if words in text and NAME in text]
