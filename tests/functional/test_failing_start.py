"""Deployments that fail: what the log says, what a client gets, and that the rest runs.

A failing listener or filter fails the whole web application everywhere. A failing
servlet does so on Jetty; Tomcat starts the rest, so there the servlet answers 503.
"""

import io
import re
import zipfile

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


def _without_start(path, files=(), jars="*.jar", **params):
    """A WAR that fails before Jython starts, which saves the time of that."""
    params = {"isthmus." + name.replace("__", "."): v for name, v in params.items()}
    web_xml = WebXml(servlets=[Servlet("app", ["/app/*"], {**APP, **params})])
    files = {"WEB-INF/app/fails.py": "", **dict(files)}
    return War(path, web_xml, files, probe=None, jars=jars)


def _second_jython():
    """A jar that could be one of Jython: it is looked for by this class."""
    jar = io.BytesIO()
    with zipfile.ZipFile(jar, "w") as zipped:
        zipped.writestr("org/python/core/Py.class", b"")
    return {"WEB-INF/jython/jython-standalone-2.7.3.jar": jar.getvalue()}


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
    _without_start("/fail/value", request__max_body="10 MB"),
    _without_start("/fail/home", python__home="/nowhere/jython"),
    _without_start("/fail/no-jython", jars=None),
    _without_start("/fail/two-jythons", _second_jython(), jars="jython-slim-*.jar"),
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
    head = r"IS0065: .*%s(?![\w-])" % path
    # What the container logs of it has a line of the container's own in front.
    (record,) = server.log.wait_for_records(lambda r: re.match(head, r.text))
    assert record.level == "ERROR"
    return record.text


@pytest.mark.parametrize("name", ["listener", "filter", "context-param"])
def test_failing_listener_or_filter_fails_the_deployment(server, name):
    status = 503 if server.name.startswith("jetty") else 404
    assert _ask(server, "/fail/%s/app/x" % name) == status
    assert _ask(server, "/fail/%s/ready.txt" % name) == status


@pytest.mark.parametrize(
    "name",
    ["servlet", "param", "value", "home", "no-jython", "two-jythons"],
)
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
    "listener": ["IS0080", "line 10, in <module>", "line 5, in _fetch"]
    + ["ImportError: No module named nowhere_to_be_found"],
    "servlet": ["IS0077", 'fails.py", line 1', "SyntaxError"],
    "filter": ["IS0053", "line 3, in <module>", "SystemExit: enough"],
    "lazy": ["IS0053", "line 3, in <module>"]
    + ["Caused by: java.lang.RuntimeException: outer"]
    + ["Caused by: java.lang.IllegalStateException: inner"],
    "param": ["IS0001", "'isthmus.ap'", "did you mean 'isthmus.app'?", "init-param"]
    + ["servlet app"],
    "context-param": ["IS0001", "did you mean 'isthmus.request.max_body'?"],
    "value": ["IS0002: ", "isthmus.request.max_body", "init-param", "servlet app"]
    + ["'10 MB'", "bytes", "1024", "'-1'"],
    "home": ["IS0083: ", "isthmus.python.home", "'/nowhere/jython'", " Lib;"],
    "no-jython": ["IS0006: ", "WEB-INF/jython", "jython-slim", "jython-standalone"],
    # Of jython-slim's dependencies none is there.
    "two-jythons": [
        "IS0007: ",
        "java.lang.NoClassDefFoundError: com/google",
        "Caused by: java.lang.ClassNotFoundException: com.google",
    ],
}


@pytest.mark.parametrize("name", CAUSES)
def test_log_has_the_code_and_the_whole_cause_once(server, name):
    _ask(server, "/fail/%s/app/x" % name)
    record = _record(server, "/fail/" + name)
    assert [text for text in CAUSES[name] if text not in record] == []


@pytest.mark.parametrize("name", ["listener", "servlet", "filter", "lazy"])
def test_log_has_the_path_that_was_searched_in_vain(server, name):
    _ask(server, "/fail/%s/app/x" % name)
    searched = r"sys\.path was: \S*WEB-INF/app, "
    # Of the others, nothing was missing.
    is_searched = re.search(searched, _record(server, "/fail/" + name)) is not None
    assert is_searched == (name == "listener")


@pytest.mark.parametrize("name", ["listener", "servlet", "filter"])
def test_traceback_has_no_line_of_isthmus(server, name):
    _ask(server, "/fail/%s/app/x" % name)
    record = _record(server, "/fail/" + name)
    assert "isthmus/loading" not in record
    assert "isthmus/importing" not in record


def test_second_jython_is_warned_of_before_it_does_harm(server):
    _ask(server, "/fail/two-jythons/app/x")
    (record,) = [r for r in server.log.records() if "IS0084" in r.text]
    assert record.level == "WARNING"
    pattern = (
        r"/fail/two-jythons\b.*\bUsed: \S+/WEB-INF/jython/jython-slim-2\S+\.jar"
        r".*\bIgnored: \S+/WEB-INF/jython/jython-standalone-2\.7\.3\.jar"
    )
    assert re.search(pattern, record.text)


@pytest.mark.parametrize("name", ["param", "value", "home", "no-jython"])
def test_message_that_says_all_has_no_stack_below_it(server, name):
    _ask(server, "/fail/%s/app/x" % name)
    lines = _record(server, "/fail/" + name).splitlines()
    assert [line.strip()[:3] for line in lines[1:]] == ["org"]


def test_stranger_sees_no_more_of_a_failing_start_than_its_code(server):
    response = client.fetch(server.address, "GET", "/fail/lazy/app/x")
    # The first request to come gets the page, another one a bare 503 or 404.
    codes = re.findall(rb"IS\d{4}", response.body)
    assert set(codes) <= {b"IS0065", b"IS0053"}
    assert [secret for secret in SECRETS if secret in response.body] == []
