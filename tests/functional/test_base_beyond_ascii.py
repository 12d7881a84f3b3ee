"""A container in a directory beyond ASCII: what fails there is told and mended too.

Python has paths as octets, Java as text; one Tomcat on one JDK is enough to see that
the two do not meet.
"""

import re
import time

import pytest

import client
import containers
from wars import War
from webxml import Servlet, WebXml

TIMEOUT = 60.0
APP = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"mended"]
"""
# What each application is, and what its record says. Two names are looked for in
# Python's own library, which lies in a jar below the directory.
FAILING = {
    "jsno": (
        None,
        ["IS0052: ", "'jsno'", "did you mean 'json'"],
    ),
    "library": (
        "import jsno\n",
        [
            "IS0080: ",
            "'library'",
            "line 1 of ",
            "app/library.py",
            "'jsno'",
            "did you mean 'json'?",
            "in <module>",
        ],
    ),
    "raising": (
        "raise ValueError(u'caf\\xe9')\n",
        ["IS0053: ", "'raising'", "ValueError: caf\\xe9"],
    ),
    "syntax": (
        "def make():\n    return f'{x}'\n",
        [
            "IS0076: ",
            "'syntax'",
            "line 2 of ",
            "f-string",
            "SyntaxError",
        ],
    ),
}


def _app(name, **more):
    return {"isthmus.app": name + ":application", "isthmus.init.error": "503", **more}


DIAGNOSED = War(
    "/diagnosed",
    WebXml(servlets=[Servlet(n, ["/%s/*" % n], _app(n)) for n in FAILING]),
    {
        "WEB-INF/app/%s.py" % name: text
        for name, (text, _) in FAILING.items()
        if text is not None
    },
)
WATCHED = War(
    "/watched",
    WebXml(
        servlets=[
            Servlet(
                "app", ["/app/*"], _app("web", **{"isthmus.init.mode": "background"})
            )
        ],
        context_params={"isthmus.reload.mode": "watch"},
    ),
    {
        "WEB-INF/app/web.py": "import nosuchlib\n" + APP,
        "WEB-INF/lib-python/six.py": "",
    },
)


@pytest.fixture(scope="module")
def tomcat(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("beyond") / "caf\u00e9 b"
    own = containers.create("tomcat11", jdk, jdk, base)
    own.start([DIAGNOSED, WATCHED])
    yield own
    own.stop()


def _ask(tomcat, target):
    return client.fetch(tomcat.address, "GET", target)


@pytest.mark.parametrize("name", FAILING)
def test_failure_is_reported_as_elsewhere(tomcat, name):
    parts = FAILING[name][1]
    # "IS0080" is said of the other web application as well.
    about = r"(?s)%s.*/diagnosed\b|/diagnosed\b.*%s" % (parts[0], parts[0])
    tomcat.log.wait_for(about)
    (record,) = [r for r in tomcat.log.records() if re.search(about, r.text)]
    assert [text for text in parts if text not in record.text] == []
    assert str(tomcat.base) in record.text
    assert "isthmus/" not in record.text


def test_first_start_that_failed_is_mended(tomcat):
    web_inf = tomcat.directory(WATCHED) / "WEB-INF"
    tomcat.log.wait_for("IS0080: .*'web'.*nosuchlib", timeout=TIMEOUT)
    # In a directory of sys.path that no traceback names, and then in a file of one.
    (web_inf / "lib-python" / "nosuchlib.py").write_text("raise ValueError('not yet')")
    failed = "IS0110: .*/watched.* IS0053"
    tomcat.log.wait_for(failed, timeout=TIMEOUT)
    (web_inf / "app" / "web.py").write_text(APP)
    deadline = time.monotonic() + TIMEOUT
    while (answer := _ask(tomcat, "/watched/app/")).status == 503:
        assert time.monotonic() < deadline, tomcat.log.tail()
        time.sleep(0.1)
    assert (answer.status, answer.body) == (200, b"mended")
