"""Two web applications of one container, each with a CPython and a library of its own.

They have different releases of both; the library has the same name.
"""

import client
import pythons
from wars import War
from webxml import Servlet, WebXml

APP = """
import sys

import pricing


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("%d.%d " % sys.version_info[:2] + pricing.RELEASE).encode()]
"""
# On the oldest Python and on the newest: a version, a release of the library.
EACH = ((pythons.ENDS[0], "1.0"), (pythons.ENDS[-1], "2.0"))


def _war(version, release):
    return War(
        # No dot: Jetty takes the name of a directory up to its last one.
        "/python-" + release.replace(".", "-"),
        WebXml(
            servlets=[Servlet("app", ["/app/*"], {"isthmus.app": "app:application"})],
            context_params={"isthmus.python.executable": pythons.FOUND[version]},
        ),
        files={
            "WEB-INF/app/app.py": APP,
            "WEB-INF/lib-python/pricing/__init__.py": "RELEASE = '%s'\n" % release,
        },
    )


WARS = [_war(*each) for each in EACH]


def test_each_has_its_own_python_and_its_own_release_of_a_library(server):
    expected = [" ".join(each) for each in EACH]
    for _ in range(3):
        answers = [
            client.fetch(server.address, "GET", war.path + "/app") for war in WARS
        ]
        assert [answer.body.decode() for answer in answers] == expected
