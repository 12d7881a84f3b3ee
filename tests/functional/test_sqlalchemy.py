"""SQLAlchemy 1.3 over isthmus.db: the suite for dialects, and the pool."""

import re
from urllib.parse import urlencode

import pytest

import client
import databases
from paths import HERE, TARGET
from test_databases import DRIVERS, Resources
from wars import War
from webxml import Servlet, WebXml

BOOT = "few"  # The suite collects all garbage some hundred times.
PATH = "/sqlalchemy"
LIBRARIES = TARGET / "libraries"
FAILURES = HERE / "sqlalchemy-failures.txt"
# Of the suite, in `mvn verify`: reflection, DDL, types, transactions.
SHORT = "^(%s)\\." % "|".join(
    ["TableDDLTest", "InsertBehaviorTest", "CompositeKeyReflectionTest", "DateTest"]
    + ["IsolationLevelTest", "AutocommitTest", "NumericTest", "RowFetchTest"]
)
LIMIT = 600.0
WARS = [
    War(
        PATH,
        WebXml(
            servlets=[Servlet("app", ["/*"], {"isthmus.app": "answers:application"})]
        ),
        files={
            "WEB-INF/app": HERE / "sites" / "sqlalchemy",
            "WEB-INF/app/answers.py": HERE / "sites" / "databases" / "answers.py",
            "WEB-INF/lib-python/sqlalchemy": LIBRARIES / "sqlalchemy",
            "WEB-INF/lib-python/mock": LIBRARIES / "mock",
            "WEB-INF/lib-python/funcsigs": LIBRARIES / "funcsigs",
            "WEB-INF/lib-python/six.py": LIBRARIES / "six.py",
            "WEB-INF/lib": DRIVERS,
        },
        operator=Resources(),
        probe="/ready",
    )
]


@pytest.fixture
def ask(server):
    def asked(case, **fields):
        path = "%s/%s?%s" % (PATH, case, urlencode(fields))
        response = client.fetch(server.address, "GET", path, timeout=LIMIT)
        assert response.status == 200, response.body
        return response.json()

    return asked


def _sqlite(tmp_path):
    return "sqlite+isthmus:///%s" % (tmp_path / "shop.sqlite")


@pytest.fixture(params=["postgresql", "sqlite"])
def url(request, tmp_path):
    return "jdbc/app" if request.param == "postgresql" else _sqlite(tmp_path)


def test_each_type_and_null_come_back(ask, url):
    assert ask("types", url=url) == [[], [1, 2, 2]]


def test_isolation_level_is_that_of_one_connection(ask, url):
    default = "SERIALIZABLE" if url.startswith("sqlite") else "READ COMMITTED"
    assert ask("levels", url=url) == [
        ["SERIALIZABLE", False],
        [default, True],
        [default, False],
    ]


def _left(server, mark):
    return [r for r in server.log.records(mark) if "IS0524: " in r.text]


def test_session_has_its_connection_of_the_pool_of_the_container(server, ask):
    mark = server.log.mark()
    ask("types", url="jdbc/app")
    # The pool has two: the third request would wait for a minute, and fail.
    assert [ask("count", url="jdbc/app") for _ in range(3)] == 3 * [2]
    assert not _left(server, mark)


def test_session_that_outlives_its_request_connects_again(server, ask):
    ask("types", url="jdbc/app")
    assert ask("keep", url="jdbc/app") == 2
    assert ask("use_kept", url="jdbc/app") == [["InterfaceError", True], 2]


@pytest.fixture(scope="module")
def dialect():
    """The URL of a PostgreSQL database that the suite has for itself."""
    made = []

    def url(ask):
        jdbc, user, password = databases.postgresql()[:3]
        if not made:
            ask("create_database", url=jdbc, user=user, password=password)
            made.append(True)
        host = re.search("//([^/]+)/", jdbc).group(1)
        return "postgresql+isthmus://%s:%s@%s/dialect" % (user, password, host)

    return url


def test_database_without_driver_is_named(ask):
    text = ask("refused", url="postgresql+isthmus://h/db", source="jdbc:nonesuch://h")
    assert text.startswith("IS0522: ") and "jdbc:nonesuch:" in text


def _known(name):
    """The tests that fail, by the list that docs/data.md quotes."""
    found = {}
    for line in FAILURES.read_text("utf-8").splitlines():
        if not line.strip().startswith("#"):
            if line and not line.startswith(" "):
                tests = found[line] = set()
            elif line:
                tests.add(line.strip())
    return found[name]


def _suite(ask, url, wanted):
    done = ask("suite", url=url, wanted=wanted)
    return done["failed"], len(done["passed"])


def test_short_selection_of_the_dialect_suite(ask, dialect):
    failed, passed = _suite(ask, dialect(ask), SHORT)
    expected = {name for name in _known("postgresql") if re.search(SHORT, name)}
    assert set(failed) == expected, failed
    assert passed >= 25


@pytest.mark.matrix
@pytest.mark.parametrize("name, least", [("postgresql", 280), ("sqlite", 220)])
def test_whole_dialect_suite(ask, dialect, tmp_path, name, least):
    url = dialect(ask) if name == "postgresql" else _sqlite(tmp_path)
    _suite(ask, url, "^$")
    failed, passed = {}, 0
    # A request has a limit in time.
    for each in ask("suite_classes"):
        some, more = _suite(ask, url, "^%s(_|\\.)" % each)
        failed.update(some)
        passed += more
    assert set(failed) == _known(name), failed
    assert passed >= least
