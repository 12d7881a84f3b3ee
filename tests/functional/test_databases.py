"""isthmus.db: PEP 249 on real databases, through Tomcat's data sources and by URL."""

import importlib.util
import pathlib
import re
from urllib.parse import urlencode
from xml.sax.saxutils import quoteattr

import pytest

import client
import databases
import polling
from paths import HERE, TARGET
from wars import War
from webxml import Servlet, WebXml

BOOT = "few"  # With test_sqlalchemy, for they share a PostgreSQL.
DRIVERS = TARGET / "drivers"
SUITE = pathlib.Path(importlib.util.find_spec("dbapi20").origin)
APP = {"isthmus.app": "answers:application"}
H2 = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1"
# As docs/data.md quotes it.
CONTEXT = (HERE / "sites" / "databases" / "context.xml").read_text("utf-8")
(RESOURCE,) = re.findall("<Resource .*?/>", CONTEXT, re.S)
# Drivers that can be loaded are used all the same.
BROKEN = "com.example.Newer\ncom.example.Absent\n"
# A class file, empty but for its name, with a version that no release of Java has.
NEWER = (
    bytes.fromhex("CAFEBABE 0000 FFFF 0005 070002 010011")
    + b"com/example/Newer"
    + bytes.fromhex("070004 010010")
    + b"java/lang/Object"
    + bytes.fromhex("0021 0001 0003 0000 0000 0000 0000")
)
SHOP = ("jdbc:postgresql://db.example/shop", "shop", "...")


def _resource(name, driver, *values):
    """Tomcat's data source of the page, with another database."""
    text = RESOURCE.replace("jdbc/app", "jdbc/" + name)
    text = text.replace("org.postgresql.Driver", driver)
    text = text.replace('maxTotal="20"', 'maxTotal="2" maxWaitMillis="60000"')
    for old, new in zip(SHOP, values):
        text = text.replace('"%s"' % old, quoteattr(new))
    return text


class Resources:
    """Tomcat's data sources; PostgreSQL is started when Tomcat is configured."""

    @property
    def tomcat(self):
        server = databases.postgresql()[:3]
        return _resource("h2", "org.h2.Driver", H2, "sa", "") + _resource(
            "app", "org.postgresql.Driver", *server
        )


WARS = [
    War(
        "/databases",
        WebXml(
            servlets=[
                Servlet("answers", ["/*"], {"isthmus.app": "answers:application"})
            ]
        ),
        files={
            "WEB-INF/app": HERE / "sites" / "databases",
            "WEB-INF/app/dbapi20.py": SUITE,
            "WEB-INF/lib": DRIVERS,
            "WEB-INF/classes/META-INF/services/java.sql.Driver": BROKEN,
            "WEB-INF/classes/com/example/Newer.class": NEWER,
        },
        operator=Resources(),
        probe="/by_object",
    )
]


@pytest.fixture
def ask(server):
    def asked(case, **fields):
        path = "/databases/%s?%s" % (case, urlencode(fields))
        response = client.fetch(server.address, "GET", path)
        assert response.status == 200, response.body
        return response.json()

    return asked


def _by_name(name):
    return lambda tmp_path: {"source": name}


def _mariadb(tmp_path):
    url, user, password = databases.mariadb()[:3]
    return {"source": url, "user": user, "password": password}


def _sqlite(tmp_path):
    return {"source": "jdbc:sqlite:%s" % (tmp_path / "shop.sqlite")}


KINDS = {
    "h2": _by_name("jdbc/h2"),
    "postgresql": _by_name("jdbc/app"),
    "sqlite": _sqlite,
    "mariadb": _mariadb,
}


@pytest.fixture(params=KINDS)
def database(request, tmp_path):
    """What connect() is given for each database."""
    return request.param, KINDS[request.param](tmp_path)


def test_compliance_suite_of_pep_249(ask, database):
    name, source = database
    lower = {"lower": "lower"} if name in ("h2", "postgresql") else {}
    done = ask("comply", **source, **lower)
    assert done["failed"] == []
    assert done["ran"] >= 36


def test_each_type_and_null_come_back(ask, database):
    name, source = database
    done = ask("types", **source)
    assert done["differ"] == []
    assert done["keys"] == [1, 2]
    assert len(done["wrote"]) == {"sqlite": 9, "mariadb": 11}.get(
        name, 16 if name == "postgresql" else 15
    )


PROGRAMMING = "ProgrammingError"
INTEGRITY = "IntegrityError"
EXPECTED = [PROGRAMMING, PROGRAMMING, INTEGRITY, INTEGRITY] + 3 * [PROGRAMMING]


def test_errors_are_of_pep_249_and_have_sqlstate(ask, database):
    name, source = database
    faults = ask("faults", **source)
    expected = list(EXPECTED)
    if name == "sqlite":
        # As Python's sqlite3 has it: its library has one code for both.
        expected[:2] = 2 * ["OperationalError"]
    if name == "mariadb":
        expected[6] = INTEGRITY  # its driver ignores what is too much
    assert [kind for kind, _, _ in faults] == expected
    states = [state for _, state, _ in faults[:4]]
    if name == "sqlite":
        assert states == 4 * [None]
    else:
        assert [state[:2] for state in states] == ["42", "42", "23", "23"]
    assert faults[4][2].startswith("IS0525: ") and "object" in faults[4][2]
    assert faults[5][2].startswith("IS0526: ") and "':id'" in faults[5][2]


def test_only_what_is_committed_stays(ask, database):
    assert ask("transactions", **database[1]) == [2, 2, 2, 2]


def test_data_source_itself_is_taken(ask):
    assert ask("by_object") == "H2"


def test_unknown_data_source_is_named(ask):
    kind, text = ask("refused", source="jdbc/nonesuch")
    assert kind == "InterfaceError"
    assert text.startswith("IS0521: ") and "java:comp/env/jdbc/nonesuch" in text


def test_url_without_driver_is_named_without_its_password(ask):
    url = "jdbc:nonesuch://shop:sesame@127.0.0.1/shop?password=open"
    kind, text = ask("refused", source=url)
    assert kind == "InterfaceError" and text.startswith("IS0532: ")
    assert "jdbc:nonesuch:" in text and "com.example.Absent" in text
    assert "sesame" not in text and "open" not in text


def test_wrong_password_is_not_in_the_message(ask):
    url = databases.postgresql().url
    kind, text = ask("refused", source=url, user="app", password="secret-word")
    assert kind == "OperationalError" and "28P01" in text
    assert "secret-word" not in text


def _left(server, mark):
    return [r for r in server.log.records(mark) if "IS0524: " in r.text]


@pytest.mark.parametrize("name", ["jdbc/h2", "jdbc/app"])
def test_forgotten_connection_goes_back_when_the_request_ends(server, ask, name):
    mark = server.log.mark()
    # The pool has two: the third request would wait for a minute, and fail.
    assert [ask("forget", source=name) for _ in range(5)] == 5 * [1]
    # Tomcat writes its log a little later.
    warned = polling.until(
        lambda: len(_left(server, mark)) == 5 and _left(server, mark)
    )
    for record in warned:
        assert record.level == "WARNING" and name in record.text
        assert re.search(r"cases\.py:\d+, in _connect", record.text), record.text
        assert "its request" in record.text


def test_lost_connection_goes_back_when_it_is_collected(server, ask):
    mark = server.log.mark()
    assert ask("lose", source="jdbc/h2") == "H2"

    def collected():
        # Each end of a request looks for what was collected.
        ask("collect")
        return _left(server, mark)

    (record,) = polling.until(collected)
    assert "garbage" in record.text and "in lose" in record.text


def test_connection_may_outlive_its_request(server, ask):
    mark = server.log.mark()
    ask("hold", source="jdbc/app")
    assert ask("use_held") == 42
    assert not _left(server, mark)
