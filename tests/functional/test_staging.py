"""The copy of a packed WAR: when it is made, used again, and deleted.

These tests end the process of the container; one container on one JDK is enough,
because ending a deployment is the ServletContext's affair everywhere.
"""

import os
import pathlib
import zipfile

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
PACKED = War(
    "/staged",
    WebXml(servlets=[Servlet("app", ["/app/*"])]),
    {"WEB-INF/app/app.py": APP},
    layout="packed",
)


@pytest.fixture(scope="module")
def tomcat(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("staging") / "base"
    own = containers.create("tomcat11", jdk, jdk, base)
    own.start([PACKED])
    yield own
    own.stop()


def _directory(tomcat):
    """Where the application lies by its own account."""
    response = client.fetch(tomcat.address, "GET", PACKED.path + "/app/")
    assert response.status == 200
    return pathlib.Path(response.body.decode())


def test_jar_is_stored_since_tomcat_reads_it_for_each_class(tomcat):
    # From its first entry on; to inflate them took three seconds of CPU at each start.
    with zipfile.ZipFile(tomcat.parts.isthmus) as jar:
        methods = {entry.compress_type for entry in jar.infolist()}
    assert methods == {zipfile.ZIP_STORED}


def _copies(tomcat):
    """All that there is of Isthmus in Tomcat's directories."""
    found = (tomcat.base / "work").rglob("isthmus-*")
    return sorted(path.name for path in found)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_copy_is_used_again_after_a_restart(tomcat, end):
    directory = _directory(tomcat)
    assert directory.is_relative_to(tomcat.base / "work")
    (directory / "mark").write_text("of the first start")
    getattr(tomcat, end)()
    assert (directory / "app" / "app.py").exists()
    tomcat.start_again()
    assert _directory(tomcat) == directory
    assert (directory / "mark").exists()
    assert _copies(tomcat) == [directory.name, directory.name + ".lock"]


def test_damaged_copy_is_made_anew(tomcat):
    directory = _directory(tomcat)
    (directory / "mark").write_text("of the first start")
    tomcat.kill()
    os.truncate(directory / "app" / "app.py", 10)
    tomcat.start_again()
    assert _directory(tomcat) == directory
    assert not (directory / "mark").exists()


def test_copy_of_another_content_is_deleted(tomcat):
    before = _directory(tomcat)
    tomcat.stop()
    PACKED.files["WEB-INF/app/more.py"] = "MORE = True\n"
    tomcat.deploy(PACKED)
    tomcat.start_again()
    directory = _directory(tomcat)
    assert directory != before
    assert _copies(tomcat) == [directory.name, directory.name + ".lock"]


def test_redeployment_makes_the_copy_anew(tomcat):
    directory = _directory(tomcat)
    (directory / "mark").write_text("of the first deployment")
    tomcat.redeploy(PACKED)
    assert _directory(tomcat) == directory
    assert not (directory / "mark").exists()


def test_undeployment_deletes_the_copy(tomcat):
    directory = _directory(tomcat)
    tomcat.undeploy(PACKED)
    assert not directory.exists()
    assert _copies(tomcat) == []
