"""Deployments that fail: what the log says, what a client gets, and that the rest runs.

A failing listener or filter fails the whole web application everywhere. A failing
servlet does so on Jetty; Tomcat starts the rest, so there the servlet answers 503.
"""

import re

import pytest

import client
from wars import War
from webxml import LISTENER, Filter, Servlet, WebXml

MISSING = '''"""Imports what is not there, in a function of its own."""


def _fetch():
    import nowhere_to_be_found

    return nowhere_to_be_found


application = _fetch()
'''
BROKEN = "def application(environ, start_response:\n    pass\n"
EXITING = "import sys\n\nsys.exit('enough')\n"
JAVA = """from java.lang import IllegalStateException, RuntimeException

raise RuntimeException("outer", IllegalStateException("inner"))
"""
APP = {"isthmus.app": "fails:application"}


def _war(path, source, **web_xml):
    files = {"WEB-INF/app/fails.py": source}
    return War(path, WebXml(**web_xml), files, probe=None)


WARS = [
    _war(
        "/fail/listener",
        MISSING,
        listeners=[LISTENER],
        context_params=APP,
        servlets=[Servlet("app", ["/app/*"])],
    ),
    _war("/fail/servlet", BROKEN, servlets=[Servlet("app", ["/app/*"], APP)]),
    _war("/fail/filter", EXITING, filters=[Filter("app", ["/app/*"], APP)]),
    _war(
        "/fail/lazy",
        JAVA,
        servlets=[Servlet("app", ["/app/*"], APP, load_on_startup=None)],
    ),
    _war(
        "/fail/param",
        "",
        servlets=[Servlet("app", ["/app/*"], {"isthmus.ap": "fails:application"})],
    ),
    _war(
        "/fail/context-param",
        "",
        listeners=[LISTENER],
        context_params={"isthmus.request.max-body": "1m"},
        servlets=[Servlet("app", ["/app/*"], APP)],
    ),
]
# What a stranger may not see.
SECRETS = [b"Traceback", b"fails.py", b"WEB-INF", b"sys.path", b"org.isthmus.engine"]


def _ask(server, target):
    response = client.fetch(server.address, "GET", target)
    if b'"SCRIPT_NAME": ""' in response.body:
        # Tomcat has no such context any more: the root context's application answers.
        return 404
    assert [secret for secret in SECRETS if secret in response.body] == []
    return response.status


def _record(server, path):
    """The one record in which Isthmus tells why this web application did not start."""
    head = "IS0065: An application of the web application %s did not start" % path
    # What the container logs of it has a line of the container's own in front.
    (record,) = [r for r in server.log.records() if r.text.startswith(head)]
    assert record.level == "ERROR"
    return record.text


@pytest.mark.parametrize("name", ["listener", "filter", "context-param"])
def test_failing_listener_or_filter_fails_the_deployment(server, name):
    status = 503 if server.name.startswith("jetty") else 404
    assert _ask(server, "/fail/%s/app/x" % name) == status
    assert _ask(server, "/fail/%s/ready.txt" % name) == status


@pytest.mark.parametrize("name", ["servlet", "param"])
def test_failing_servlet_answers_503(server, name):
    assert _ask(server, "/fail/%s/app/x" % name) == 503
    rest = 503 if server.name.startswith("jetty") else 200
    assert _ask(server, "/fail/%s/ready.txt" % name) == rest


def test_failing_servlet_is_not_started_anew_for_each_request(server):
    statuses = [_ask(server, "/fail/lazy/app/x") for _ in range(3)]
    # A servlet without load-on-startup has its first request to fail with.
    then = 404 if server.name.startswith("jetty") else 503
    assert statuses in ([500, then, then], [then] * 3)
    assert _record(server, "/fail/lazy")


CAUSES = {
    "listener": ["IS0053", "line 10, in <module>", "line 5, in _fetch"]
    + ["ImportError: No module named nowhere_to_be_found"],
    "servlet": ["IS0053", 'fails.py", line 1', "SyntaxError"],
    "filter": ["IS0053", "line 3, in <module>", "SystemExit: enough"],
    "lazy": ["IS0053", "line 3, in <module>"]
    + ["Caused by: java.lang.RuntimeException: outer"]
    + ["Caused by: java.lang.IllegalStateException: inner"],
    "param": ["IS0001", "'isthmus.ap' (did you mean 'isthmus.app'?)"],
    "context-param": ["IS0001", "(did you mean 'isthmus.request.max_body'?)"],
}


@pytest.mark.parametrize("name", CAUSES)
def test_log_has_the_code_and_the_whole_cause_once(server, name):
    _ask(server, "/fail/%s/app/x" % name)
    record = _record(server, "/fail/" + name)
    assert [text for text in CAUSES[name] if text not in record] == []


@pytest.mark.parametrize("name", ["listener", "servlet", "filter", "lazy"])
def test_log_has_the_path_that_was_searched(server, name):
    _ask(server, "/fail/%s/app/x" % name)
    searched = r"sys\.path was: \S*WEB-INF/app, "
    assert re.search(searched, _record(server, "/fail/" + name))


@pytest.mark.parametrize("name", ["listener", "servlet", "filter"])
def test_traceback_has_no_line_of_isthmus(server, name):
    _ask(server, "/fail/%s/app/x" % name)
    assert "loading.py" not in _record(server, "/fail/" + name)
