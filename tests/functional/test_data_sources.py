"""isthmus.service: URL, user and password of Tomcat's data sources, on both engines."""

import re
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import pytest

import client
import databases
from paths import HERE
from wars import War
from webxml import Servlet, WebXml

PATH = "/data-sources"
APP = {"isthmus.app": "serving:application"}
URL = "jdbc:mysql://db.example/shop?sslMode=REQUIRED"
# Nothing else has this password.
USER, PASSWORD = "zoë", "pas-une-pipe-é"
RESOURCE = (
    '<Resource name="%s" type="javax.sql.DataSource"'
    ' driverClassName="com.example.NoDriver" url=%s username="%s" password="%s"/>'
)


class Resources:
    """What Tomcat is given; PostgreSQL is started when Tomcat is configured."""

    @property
    def tomcat(self):
        login = (USER, PASSWORD)
        sources = [
            ("jdbc/pg", *databases.postgresql()[:3]),
            ("jdbc/shop", URL, *login),
            ("jdbc/hidden", URL, *login),
        ]
        return "".join(RESOURCE % (n, quoteattr(u), *rest) for n, u, *rest in sources)


class Entry(NamedTuple):
    """A resource that is no data source."""

    tomcat: str = '<Environment name="jdbc/mute" type="java.lang.String" value="x"/>'


def _war(path, names, servlets=(), **given):
    web_xml = WebXml(
        servlets=[
            Servlet("app", ["/app/*"], {**APP, "isthmus.debug.page": "loopback"}),
            *servlets,
        ],
        context_params={"isthmus.services": names},
    )
    files = {"WEB-INF/app": HERE / "sites" / "data_sources"}
    return War(path, web_xml, files, **given)


STATUS = Servlet(
    "status",
    ["/isthmus/*"],
    {"isthmus.status.access": "loopback"},
    "org.isthmus.StatusServlet",
)
WARS = [
    _war(PATH, "jdbc/pg, jdbc/shop", [STATUS], operator=Resources()),
    _war(PATH + "-absent", "jdbc/nonesuch", probe=None),
    _war(PATH + "-mute", "jdbc/mute", probe=None, operator=Entry()),
]


def _get(server, path, status=200):
    response = client.fetch(server.address, "GET", PATH + path)
    assert response.status == status, response.body
    return response


@pytest.fixture
def ask(server):
    return lambda case: _get(server, "/app/" + case).json()


def test_values_are_those_of_the_container(ask):
    url = "mysql://db.example/shop?sslMode=REQUIRED"
    shown = "<isthmus.service 'jdbc/shop'>"
    assert ask("fields") == [URL, url, USER, PASSWORD, shown]


def test_url_and_login_connect_to_postgresql(ask):
    assert ask("connect") == "app|42"


def test_data_source_that_the_setting_does_not_name_is_refused(ask):
    text = ask("unnamed")
    assert text.startswith("IS0527: ")
    for named in ("'jdbc/hidden'", "isthmus.services", "jdbc/pg, jdbc/shop"):
        assert named in text


def test_password_is_on_no_page_in_no_log_and_in_no_process(server, ask):
    mark = server.log.mark()
    paths = {"/app/fail": 500, "/isthmus/status": 200, "/isthmus/status.json": 200}
    pages = [_get(server, *path).body.decode() for path in paths.items()]
    # The page for developers has what the log has.
    assert "isthmus.service" in pages[0] and "jdbc/shop" in pages[0]
    server.log.wait_for("ValueError: <isthmus.service 'jdbc/shop'>", mark)
    pages += ask("process")
    # Its ASCII characters: the others look different in each of them.
    texts = [*pages, server.log.text()]
    assert [text for text in texts if PASSWORD[:12] in text] == []


@pytest.mark.cpython
def test_isthmus_db_names_what_cpython_has_instead(ask):
    text = ask("import_db")
    assert text.startswith("IS0520: ") and "CPython" in text


@pytest.mark.parametrize(
    "name, parts",
    [
        ("absent", ["IS0528: ", "'jdbc/nonesuch'", "java:comp/env/jdbc/nonesuch"]),
        ("mute", ["IS0529: ", "'jdbc/mute'", "java.lang.String", "its URL"]),
    ],
)
def test_data_source_that_cannot_be_read_fails_the_start(server, name, parts):
    path = PATH + "-" + name
    assert client.fetch(server.address, "GET", path + "/app/x").status == 503
    head = r"IS0065: .*%s(?![\w-])" % path
    (record,) = server.log.wait_for_records(lambda r: re.match(head, r.text))
    assert record.level == "ERROR"
    assert [text for text in parts if text not in record.text] == []
