"""isthmus.loading: what isthmus.app may be, and what it leads to."""

import pickle
import sys

import pytest

from applications import APP, CLASS
from isthmus import loading, paths


@pytest.fixture
def app(web_inf):
    """Call the application that a spec names, with WEB-INF/app on sys.path."""
    web_inf.write("app/.keep")
    paths.install(web_inf.path)

    def call(spec):
        found, _ = loading.load(spec, web_inf.path)
        return found({}, None)

    return call


# What it may be.


@pytest.mark.parametrize(
    ("spec", "result"),
    [
        ("shop.web:application", ["shop.web"]),
        ("  shop.web:application\n", ["shop.web"]),
        ("shop.site:Site()", ["shop.site"]),
        ("shop.site:make()", ["shop.site"]),
        ("shop.site:make().serve", ["serve"]),
        ("shop.site:Site().serve", ["serve"]),
    ],
)
def test_module_and_callable(web_inf, app, spec, result):
    web_inf.write("app/shop/__init__.py")
    web_inf.write("app/shop/web.py", APP)
    web_inf.write("app/shop/site.py", CLASS)
    assert app(spec) == result


def test_callable_may_be_an_attribute_of_an_object(web_inf, app):
    web_inf.write("app/web.py", CLASS + "\nsite = Site()\n")
    assert app("web:site.serve") == ["serve"]


def test_name_is_that_of_the_setting(web_inf, app):
    web_inf.write("app/web.py", APP)
    assert loading.load(" web:application ", web_inf.path)[1] == "web:application"


@pytest.mark.parametrize("name", ["wsgi", "app"])
@pytest.mark.parametrize("attribute", ["application", "app"])
def test_convention_finds_the_application(web_inf, app, name, attribute):
    web_inf.write("app/%s.py" % name, APP.replace("application", attribute))
    assert app(None) == [name]
    expected = "%s:%s" % (name, attribute)
    assert loading.load(None, web_inf.path)[1] == expected


def test_convention_prefers_wsgi_and_application(web_inf, app):
    both = APP + "\napp = None\n"
    web_inf.write("app/wsgi.py", both)
    web_inf.write("app/app.py", both)
    assert loading.load(None, web_inf.path)[1] == "wsgi:application"


def test_convention_goes_on_where_wsgi_has_no_application(web_inf, app):
    web_inf.write("app/wsgi.py", "other = 1\n")
    web_inf.write("app/app.py", APP)
    assert loading.load(None, web_inf.path)[1] == "app:application"


# Files.


def test_file_on_the_path_is_the_module_that_an_import_finds(web_inf, app):
    web_inf.write("app/site_of_file.py", APP)
    assert app("app/site_of_file.py:application") == ["site_of_file"]
    import site_of_file

    found, _ = loading.load("app/site_of_file.py:application", web_inf.path)
    assert found is site_of_file.application


def test_file_is_a_module_that_pickle_finds(web_inf, app):
    web_inf.write("other/pickled.py", CLASS)
    site, _ = loading.load("other/pickled.py:Site()", web_inf.path)
    assert type(pickle.loads(pickle.dumps(site))) is type(site)


def test_file_imports_what_lies_beside_it(web_inf, app):
    web_inf.write("other/beside.py", "name = 'beside'\n")
    text = "from beside import name\ndef application(environ, start): return [name]\n"
    web_inf.write("other/main_of_other.py", text)
    assert app("other/main_of_other.py:application") == ["beside"]


def test_file_named_like_a_library_module_is_no_other_one(web_inf, app):
    web_inf.write("other/calendar.py", APP)
    web_inf.write("other/time.py", APP)
    assert app("other/calendar.py:application") == ["other_calendar"]
    assert app("other/time.py:application") == ["other_time"]
    import calendar

    assert not hasattr(calendar, "application")


def test_files_of_the_same_name_are_two_modules(web_inf, app):
    web_inf.write("one/application.py", APP)
    web_inf.write("two/application.py", APP)
    assert app("one/application.py:application") == ["application"]
    assert app("two/application.py:application") == ["two_application"]


def test_files_whose_names_become_the_same_are_two_modules(web_inf, app):
    web_inf.write("a_b/x-y.py", APP)
    web_inf.write("a/b_x_y.py", APP)
    web_inf.write("a-b/x_y.py", APP)
    names = [
        app(path + ":application")[0]
        for path in ("a_b/x-y.py", "a-b/x_y.py", "a/b_x_y.py", "a_b/x-y.py")
    ]
    assert names == ["a_b_x_y", "x_y", "b_x_y", "a_b_x_y"]


def test_file_is_run_once(web_inf, app):
    web_inf.write("other/run-once.py", APP)
    first, _ = loading.load("other/run-once.py:application", web_inf.path)
    second, _ = loading.load("other/run-once.py:application", web_inf.path)
    assert first is second


def test_file_beside_a_package_of_its_name_is_not_the_package(web_inf, app):
    web_inf.write("other/shop/__init__.py")
    web_inf.write("other/shop.py", APP)
    assert app("other/shop.py:application") == ["other_shop"]


def test_file_may_have_another_suffix_if_it_has_a_directory(web_inf, app):
    web_inf.write("app/site.wsgi", APP)
    assert app("app/site.wsgi:application") == ["app_site"]


def test_file_may_be_absolute(web_inf, app, tmp_path):
    (tmp_path / "absolute_app.py").write_text(APP)
    assert app("%s/absolute_app.py:application" % tmp_path) == ["absolute_app"]


def test_file_directly_below_web_inf(web_inf, app):
    web_inf.write("direct_app.py", APP)
    assert app("direct_app.py:application") == ["direct_app"]


def test_file_may_have_windows_line_ends_and_an_encoding(web_inf, app):
    lines = ["# -*- coding: latin-1 -*-", "text = u'\xe9'", *APP.splitlines(), ""]
    web_inf.write("other/dos.py", "\r\n".join(lines).encode("latin-1"))
    web_inf.write("other/my-dos.py", "\r\n".join(lines).encode("latin-1"))
    assert app("other/dos.py:application") == ["dos"]
    assert app("other/my-dos.py:application") == ["other_my_dos"]
    assert sys.modules["other_my_dos"].text == "\xe9"
