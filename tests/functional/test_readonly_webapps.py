"""A `webapps` that Tomcat may not write to: what happens to a WAR there, and elsewhere.

In a container of its own, since everything else is unpacked into that directory.
"""

import pytest

import client
import containers
from wars import War
from webxml import Servlet, WebXml

APP = """
import os


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
"""
FAULT = "Exception fixing docBase for context [%s]"


def _war(path, layout):
    web_xml = WebXml(servlets=[Servlet("app", ["/app/*"])])
    return War(path, web_xml, {"WEB-INF/app/app.py": APP}, layout=layout)


# In `webapps`, and elsewhere by a docBase with and without unpackWAR="false".
THERE = _war("/there", "unpacked")
NAMED = _war("/named", "unpacked")
PACKED = _war("/packed", "packed")


@pytest.fixture(scope="module")
def tomcat(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("read-only") / "base"
    own = containers.create("tomcat11", jdk, jdk, base)
    webapps = base / "webapps"
    deploy = own.deploy

    def deploy_and_lock(war):
        webapps.chmod(0o755)
        deploy(war)
        if war is NAMED:
            archive = (webapps / "named.war").rename(base / "packed-named.war")
            context = base / "conf" / "Catalina" / "localhost" / "named.xml"
            context.write_text('<Context docBase="%s"/>\n' % archive)
        webapps.chmod(0o555)

    own.deploy = deploy_and_lock
    own.start([THERE, NAMED, PACKED])
    yield own
    own.stop()
    webapps.chmod(0o755)


@pytest.mark.parametrize("war", [THERE, NAMED, PACKED], ids=lambda war: war.path[1:])
def test_war_stays_packed_and_is_served(tomcat, war):
    response = client.fetch(tomcat.address, "GET", war.path + "/app/")
    assert response.status == 200
    # The copy of WEB-INF, as of each packed WAR.
    assert response.body.decode().startswith(str(tomcat.base / "work"))
    assert not tomcat.directory(war).exists()


def test_tomcat_logs_a_fault_unless_it_is_told_not_to_unpack(tomcat):
    faults = [war for war in tomcat.wars if FAULT % war.path in tomcat.own_log()]
    assert faults == [THERE, NAMED]
