"""A container in a directory beyond ASCII: what fails there is told as elsewhere.

Python has paths as octets, Java as text; one Tomcat on one JDK is enough to see that
the two do not meet.
"""

import re

import pytest

import containers
from wars import War
from webxml import Servlet, WebXml

# What each application is, and what its record says. Two names are looked for in
# Python's own library, which lies in a jar below the directory.
FAILING = {
    "jsno": (
        None,
        ["IS0052: ", "'jsno', which is not importable (did you mean 'json'"],
    ),
    "library": (
        "import jsno\n",
        [
            "IS0080: Loading 'library' failed: line 1 of ",
            "app/library.py imports 'jsno'",
        ]
        + [", which is not on sys.path (did you mean 'json'?)", "in <module>"],
    ),
    "syntax": (
        "def make():\n    return f'{x}'\n",
        [
            "IS0076: Loading 'syntax' failed: line 2 of ",
            "has an f-string",
            "SyntaxError",
        ],
    ),
}


def _app(name):
    return {"isthmus.app": name + ":application", "isthmus.init.error": "503"}


DIAGNOSED = War(
    "/diagnosed",
    WebXml(servlets=[Servlet(n, ["/%s/*" % n], _app(n)) for n in FAILING]),
    {
        "WEB-INF/app/%s.py" % name: text
        for name, (text, _) in FAILING.items()
        if text is not None
    },
)


@pytest.fixture(scope="module")
def tomcat(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("beyond") / "caf\u00e9 b"
    own = containers.create("tomcat11", jdk, jdk, base)
    own.start([DIAGNOSED])
    yield own
    own.stop()


@pytest.mark.parametrize("name", FAILING)
def test_failure_is_told_as_elsewhere(tomcat, name):
    said = FAILING[name][1]
    tomcat.log.wait_for(re.escape(said[0]))
    (record,) = [r for r in tomcat.log.records() if said[0] in r.text]
    assert [text for text in said if text not in record.text] == []
    assert str(tomcat.base) in record.text
    assert "isthmus/" not in record.text
