"""Two Tomcats, or two Jettys, that keep sessions in PostgreSQL: one is killed.

For scripts/matrix; each build has test_cluster.py.
"""

import os
import re
import subprocess

import pytest

import clusters
import databases
from paths import TARGET
from wars import Operator

pytestmark = pytest.mark.matrix
(CONTEXT,) = re.findall(
    "<Context>(.*)</Context>",
    (clusters.FILES / "tomcat-store.xml").read_text("utf-8"),
    re.S,
)
TABLE = clusters.FILES / "tomcat-store.sql"
INI = (clusters.FILES / "jetty-store.ini").read_text("utf-8")
URL = "jdbc:postgresql://db.example/sessions?user=app&password=changeit"


def _driver():
    (driver,) = (TARGET / "drivers").glob("postgresql-*.jar")
    return driver


def _create_table(database):
    subprocess.run(
        ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", TABLE, _address(database)],
        env={**os.environ, "PGPASSWORD": database.password},
        check=True,
    )


def _address(database):
    address = database.url.removeprefix("jdbc:")
    return address.replace("://", "://%s@" % database.user)


def _tomcats(jdks, database):
    _create_table(database)
    options = [
        "-Dsessions.%s=%s" % pair
        for pair in zip(("url", "user", "password"), database[:3])
    ]
    for number in (1, 2):
        node = clusters.create("tomcat11", number, jdks, options, "store")
        node.files["lib/postgresql.jar"] = _driver()
        yield node


def _jettys(jdks, database):
    assert URL in INI
    url = "%s?user=%s&password=%s" % database[:3]
    for number in (1, 2):
        node = clusters.create("jetty-ee10", number, jdks, (), "store")
        node.files["lib/ext/postgresql.jar"] = _driver()
        text = INI.replace(URL, url).replace("node1", "node%d" % number)
        node.files["start.d/sessions.ini"] = text
        yield node


KINDS = {"tomcat": _tomcats, "jetty": _jettys}


@pytest.fixture(scope="module", params=KINDS)
def nodes(request):
    nodes = list(KINDS[request.param](request.config.jdks, databases.postgresql()))
    operator = Operator(CONTEXT, "", {}) if request.param == "tomcat" else None
    with clusters.started(nodes, clusters.pair(operator=operator)):
        yield nodes


@pytest.mark.parametrize("way", ["add", "blocks"])
@pytest.mark.parametrize("path", clusters.PATHS)
def test_write_that_has_been_answered_is_on_the_other_node(nodes, path, way):
    clusters.assert_writes_are_elsewhere(nodes, path, way)


def test_no_acknowledged_write_is_lost_with_the_node_that_is_killed(nodes):
    # Jetty has no JSPs here.
    clusters.assert_none_is_lost_by_a_kill(nodes, nodes[0].name == "tomcat11")
