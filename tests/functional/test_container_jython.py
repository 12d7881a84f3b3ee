"""Jython in the container's own library, where all its web applications find it.

In a container of its own: in the shared one it would be every WAR's. In one kind of
container: which class loader has the class is all that Isthmus asks. That is Jetty,
for Tomcat looks through all jars of its own at each deployment, which takes a while.
"""

import re

import pytest

import client
import containers
import wars
from wars import War
from webxml import Servlet, WebXml

APP = """
from java.util import ArrayList


class Names(ArrayList):
    pass


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(Names([NAME])).encode("ascii")]


NAME = %r
"""
NAMES = ("one", "two", "own")


def _war(name):
    web_xml = WebXml(
        servlets=[Servlet("app", ["/app/*"], {"isthmus.app": "shop:application"})]
    )
    files = {"WEB-INF/app/shop.py": APP % name}
    # Nested paths: Jetty deploys them by a file of theirs, which redeploys them too.
    jars = "*.jar" if name == "own" else None
    return War("/shared/" + name, web_xml, files, jars=jars)


WARS_OF_IT = [_war(name) for name in NAMES]
SHARING = WARS_OF_IT[:2]


@pytest.fixture(scope="module")
def started(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("container-jython") / "base"
    jetty = containers.create("jetty-ee10", jdk, compiler=jdk, base=base)
    install = jetty.install

    def install_with_jython():
        install()
        library = base / "lib" / "ext"
        library.mkdir(parents=True)
        for jar in jetty.parts.jython.glob("*.jar"):
            wars.link(jar, library / jar.name)
        (base / "start.d" / "ext.ini").write_text("--module=ext\n")

    jetty.install = install_with_jython
    jetty.start(WARS_OF_IT)
    yield jetty
    jetty.stop()


def _answers(server):
    return {
        war.path: client.fetch(server.address, "GET", war.path + "/app/").body
        for war in WARS_OF_IT
    }


def test_each_web_application_is_served_and_told_that_it_shares(started):
    expected = {"/shared/" + name: b"[%s]" % name.encode() for name in NAMES}
    assert _answers(started) == expected
    for war in SHARING:
        head = r"IS0085: .*%s\b" % war.path
        (record,) = [r for r in started.log.records() if re.search(head, r.text)]
        assert record.level == "WARNING"
        assert re.search(r"/lib/ext/jython-slim-[^/\s]+\.jar", record.text)


def test_own_jython_beside_it_is_used(started):
    (record,) = [r for r in started.log.records() if "IS0084" in r.text]
    pattern = (
        r"/shared/own\b.*\bUsed: \S+/WEB-INF/jython/jython-slim-\S+"
        r".*\bIgnored: \S+/lib/ext/jython-slim-"
    )
    assert re.search(pattern, record.text)


def test_redeployment_of_one_leaves_the_others_their_python(started):
    before = _answers(started)
    started.redeploy(WARS_OF_IT[0])
    assert _answers(started) == before
