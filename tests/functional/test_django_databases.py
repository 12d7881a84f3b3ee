"""Django's databases by JDBC: migrations, queries and the admin, over HTTP."""

import re

import pytest
import requests

from paths import HERE, TARGET
from test_databases import DRIVERS, Resources
from wars import War
from webxml import Servlet, WebXml

LIBRARIES = TARGET / "libraries"
PATH = "/django-databases"
TOKEN = re.compile("name='csrfmiddlewaretoken' value='([^']+)'")
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


class Browser:
    """Somebody who has logged in to the admin."""

    def __init__(self, address):
        self._address = address
        self._session = requests.Session()
        self.post("login/", username="ada", password="sesame")

    def get(self, path):
        response = self._session.get(self._address + path)
        assert response.status_code == 200, response.text
        return response.text

    def post(self, path, **fields):
        token = TOKEN.search(self.get(path)).group(1)
        data = {"csrfmiddlewaretoken": token, **fields}
        response = self._session.post(self._address + path, data, allow_redirects=False)
        # Back to the list: a form with a mistake is shown again, with a 200.
        assert response.status_code == 302, response.text


@pytest.mark.parametrize("using", ["default"], indirect=True)
def test_admin_adds_changes_and_deletes(server, ask):
    assert ask("queries")["in"] == 1
    browser = Browser("http://%s:%d%s/admin/" % (*server.address, PATH))
    page = browser.get("shop/article/?sold__year=2020&q=%E6%97%A5")
    article = re.search(r"shop/article/(\d+)/change/", page).group(1)
    change = "shop/article/%s/change/" % article
    kind = re.search(r'<option value="(\d+)" selected', browser.get(change)).group(1)
    fields = {"kind": kind, "price": "2.50", "count": "1", "maybe": "1"}
    browser.post(change, name="changed?%s", **fields)
    browser.post("shop/article/add/", name="another", **fields)
    page = browser.get("shop/article/")
    assert "changed?%s" in page and "another" in page
    browser.post("shop/article/%s/delete/" % article, post="yes")
    page = browser.get("shop/article/")
    assert "changed?%s" not in page and "another" in page
