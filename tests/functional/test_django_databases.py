"""Django's databases by JDBC: migrations, queries, the admin in a browser."""

import pytest
import requests

from browser import Site
from paths import HERE, TARGET
from test_databases import DRIVERS, Resources
from wars import War
from webxml import Servlet, WebXml

BOOT = "few"  # With test_sqlalchemy, for they share a PostgreSQL.
LIBRARIES = TARGET / "libraries"
PATH = "/django-databases"
BERLIN = ["2020-02-01T00:00:00+01:00"]
WARS = [
    War(
        PATH,
        WebXml(servlets=[Servlet("app", ["/*"], {"isthmus.app": "wsgi:application"})]),
        files={
            "WEB-INF/app": HERE / "sites" / "django-databases",
            "WEB-INF/lib-python/django": LIBRARIES / "django",
            "WEB-INF/lib-python/pytz": LIBRARIES / "pytz",
            "WEB-INF/lib": DRIVERS,
        },
        operator=Resources(),
        probe="/default/migrate",
    )
]


@pytest.fixture(params=["default", "sqlite"])
def using(request):
    return request.param


@pytest.fixture
def ask(server, using):
    address = "http://%s:%d%s/%s/" % (*server.address, PATH, using)

    def asked(case):
        response = requests.get(address + case)
        assert response.status_code == 200, response.text
        return response.json()

    # A migration that has been carried out does nothing.
    assert asked("migrate") == "it's 100% new"
    return asked


def test_each_type_comes_back(ask):
    assert ask("types") == []


def test_queries(ask):
    assert ask("queries") == {
        "sum": "1.50",
        "year": [2020],
        "months": [["2020-02-01", 1]],
        "days": BERLIN,
        "regex": 1,
        "before": 1,
        "later": 1,
        "in": 1,
        "update": 1,
        "raw": ["old"],
        "literal": ["?%", "?"],
        "bulk": 120,
    }


def test_transactions_and_savepoints(ask):
    assert ask("transactions") == [1, 0, 1]


def test_times_come_back_without_time_zones(ask):
    assert ask("naive") == ["2020-01-15T12:30:00", "2020-07-15T12:30:00", 12]


@pytest.mark.parametrize("using", ["default"], indirect=True)
def test_connection_goes_back_with_the_time_zone_of_the_pool(ask):
    assert "Asia/Tokyo" not in ask("time_zones")


@pytest.fixture
def site(browser, server):
    return Site(browser, server, PATH)


def _fill(browser, **fields):
    for name, value in fields.items():
        field = browser.one("[name=%s]" % name)
        field.clear()
        field.send_keys(value)


def _save(browser):
    browser.leave_by(browser.one("[name=_save]"))
    assert browser.status() == 200
    # A form with a mistake is shown again.
    assert not browser.all(".errornote"), browser.seen()


@pytest.mark.parametrize(
    "using",
    ["default", pytest.param("sqlite", marks=pytest.mark.matrix)],
    indirect=True,
)
def test_admin_adds_changes_and_deletes_in_a_browser(site, browser, using, ask):
    assert ask("queries")["in"] == 1
    admin = "/%s/admin/" % using
    site.open(admin)
    _fill(browser, username="ada", password="sesame")
    browser.leave_by(browser.one("[type=submit]"))
    assert browser.text("#user-tools strong").lower() == "ada"
    site.open(admin + "shop/article/?sold__year=2020&q=%E6%97%A5")
    browser.leave_by(browser.link("日本"))
    _fill(browser, name="changed?%s", price="2.50")
    _save(browser)
    site.open(admin + "shop/article/add/")
    _fill(browser, name="another", price="3.00", sold_0="2020-02-01", sold_1="12:30:00")
    (kind,) = [o for o in browser.all("[name=kind] option") if "Käse" in o.text]
    kind.click()
    _save(browser)
    assert browser.texts("th.field-__str__ a") == ["another", "changed?%s"]
    browser.leave_by(browser.all("th.field-__str__ a")[0])
    assert browser.one("[name=sold_1]").get_attribute("value") == "12:30:00"
    browser.leave_by(browser.one("a.deletelink"))
    browser.leave_by(browser.one("[type=submit]"))
    assert browser.texts("th.field-__str__ a") == ["changed?%s"]
