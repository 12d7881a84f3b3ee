"""isthmus.service: what becomes of a JDBC URL."""

import pytest

import isthmus
from isthmus import data_sources, rules

# URL, user and password of the container; URL, user and password for Python.
CASES = {
    "jdbc:postgresql://db.example/shop": "postgresql://db.example/shop",
    "jdbc:postgresql://db.example:5433/shop?sslmode=require&ssl=true": (
        "postgresql://db.example:5433/shop?sslmode=require&ssl=true"
    ),
    "jdbc:postgresql://[::1]:5432,second:5432/": "postgresql://[::1]:5432,second:5432/",
    "jdbc:mariadb://db.example:3306/shop": "mariadb://db.example:3306/shop",
    "jdbc:mysql://db.example/shop?sslMode=REQUIRED": (
        "mysql://db.example/shop?sslMode=REQUIRED"
    ),
    "jdbc:sqlite:/var/shop.sqlite": "sqlite:////var/shop.sqlite",
    # For Java alone.
    "jdbc:sqlite::memory:": None,
    "jdbc:sqlite:file:shop.sqlite": None,
    "jdbc:h2:mem:shop": None,
    "jdbc:oracle:thin:shop/sesame@//db.example:1521/shop": None,
    "jdbc:sqlserver://db.example:1433;databaseName=shop": None,
    "jdbc:postgresql:shop": None,
    "jdbc:mysql:loadbalance://one,two/shop": None,
    "jdbc:mysql://(host=one,password=sesame)/shop": None,
    "jdbc:mysql://shop:se/same@db.example/shop": None,
}


@pytest.mark.parametrize("jdbc_url", CASES)
def test_url_is_that_of_python_drivers(jdbc_url):
    source = data_sources.DataSource("jdbc/app", jdbc_url, "app", "word")
    assert source.url == CASES[jdbc_url]
    assert (source.jdbc_url, source.user, source.password) == (jdbc_url, "app", "word")


LOGINS = {
    "jdbc:postgresql://db/shop?user=a%40b&sslmode=require&password=s%C3%A9same%26": (
        "postgresql://db/shop?sslmode=require"
    ),
    "jdbc:mysql://a%40b:s%C3%A9same%26@db/shop": "mysql://db/shop",
}


@pytest.mark.parametrize("jdbc_url", LOGINS)
def test_login_is_taken_out_of_the_url(jdbc_url):
    source = data_sources.DataSource("jdbc/app", jdbc_url, None, "")
    assert source.url == LOGINS[jdbc_url]
    assert (source.user, source.password) == ("a@b", "sésame&")


def test_login_may_be_absent():
    source = data_sources.DataSource("jdbc/app", "jdbc:postgresql://db/shop", None, "")
    assert (source.user, source.password) == (None, "")


def test_repr_has_the_name_alone():
    source = data_sources.DataSource(
        "jdbc/app", "jdbc:postgresql://db/shop?password=sesame", "app", "open"
    )
    assert repr(source) == str(source) == "<isthmus.service 'jdbc/app'>"


def test_name_that_the_setting_does_not_have_is_an_error(monkeypatch):
    monkeypatch.setitem(rules._patterns, "SERVICE_UNNAMED", "IS0527: %s, not in %s")
    monkeypatch.setattr(data_sources, "_known", {})
    with pytest.raises(LookupError, match="IS0527: jdbc/app, not in nothing"):
        isthmus.service("jdbc/app")
    data_sources.install({"b": ("jdbc:h2:b", None, None), "a": ("jdbc:h2:a", "", "")})
    assert isthmus.service("b").jdbc_url == "jdbc:h2:b"
    with pytest.raises(LookupError, match="IS0527: jdbc/app, not in a, b"):
        isthmus.service("jdbc/app")


def test_command_outside_of_a_container_gets_a_lookup_error(monkeypatch):
    # As isthmus_worker/command.py runs it: nobody has sent the messages.
    monkeypatch.setattr(rules, "_patterns", {})
    with pytest.raises(LookupError, match="jdbc/app"):
        isthmus.service("jdbc/app")
