"""isthmus.submit: what runs after a response, what it may not do, and how it ends."""

import re
import time
import uuid

import pytest

import client
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
TIMEOUT = 60.0


def _war(path, drain):
    servlets = [Servlet("app", ["/app/*"], APP)]
    own = {**APP, "isthmus.interpreter": "own"}
    filters = [Filter("filtered", ["/filtered/*"], own)]
    params = {"isthmus.drain": drain}
    return War(path, WebXml(servlets, filters, context_params=params), FILES)


USED = _war("/submit", "10")
PATIENT = _war("/submit/patient", "60")
IMPATIENT = _war("/submit/impatient", "0.2")
WARS = [USED, PATIENT, IMPATIENT]


class Asked:
    """One of the WARs, asked with a key of its own."""

    def __init__(self, server, war, way="app"):
        self.server = server
        self.key = uuid.uuid4().hex
        self._path = "%s/%s/" % (war.path, way)
        self.mark = server.log.mark()

    def get(self, case):
        path = "%s%s?%s" % (self._path, case, self.key)
        response = client.fetch(self.server.address, "GET", path)
        assert response.status == 200, response
        return response.json()

    def shows(self, expected):
        """Wait until this is what the tasks have noted."""
        end = time.monotonic() + TIMEOUT
        while (noted := self.get("show")) != expected and time.monotonic() < end:
            time.sleep(0.02)
        assert noted == expected


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
    said = "%s: of a task: %s" % (error, asked.key)
    (record,) = asked.server.log.wait_for_records(lambda r: said in r.text, asked.mark)
    assert record.level == "ERROR"
    assert re.search("IS0538: submits:(fails|exits), ", record.text)
    assert "Traceback (most recent call last)" in record.text
    assert re.search("in (fails|exits)", record.text)
    asked.get("again")
    asked.shows(["again"])


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
    assert text.startswith("IS0537: ")
    for word in ("submits:waits", "isthmus.submit.max_queue is 3"):
        assert word in text
    asked.get("let_go")
    end = time.monotonic() + TIMEOUT
    while len(noted := asked.get("show")) < 5 and time.monotonic() < end:
        time.sleep(0.02)
    assert sorted(noted) == [0, 1, 2, 3, 4]
    asked.get("again")


def test_undeployment_waits_for_running_and_waiting_tasks(server):
    asked = Asked(server, PATIENT)
    asked.get("slow")
    server.redeploy(PATIENT)
    texts = [record.text for record in server.log.records(asked.mark)]
    said = "slow task has ended: " + asked.key
    order = [t for t in texts if said in t or "submits: stopping" in t]
    assert [said in text for text in order[:3]] == [True] * 3
    assert not [text for text in texts if re.search(r"\bIS0(539|063)\b", text)]


def test_undeployment_cuts_what_does_not_end_within_the_drain(server):
    asked = Asked(server, IMPATIENT)
    asked.get("stay")
    began = time.monotonic()
    server.redeploy(IMPATIENT)
    assert time.monotonic() - began < TIMEOUT
    records = server.log.records(asked.mark)
    (cut,) = [r for r in records if "IS0539" in r.text]
    assert cut.level == "WARNING"
    for words in ("running 2 (submits:stays 2)", "waiting 1 (submits:stays)", "0.2 s"):
        assert words in cut.text
    assert not [r for r in records if "IS0063" in r.text]
