"""isthmus.loading: the message if an application cannot be loaded."""

import re
import sys

import pytest

from applications import APP, CLASS
from isthmus import importing, loading, paths


@pytest.fixture
def failure(web_inf):
    """The error that a spec is refused with."""
    web_inf.write("app/.keep")
    paths.install(web_inf.path)

    def refused(spec):
        with pytest.raises(importing.LoadError) as caught:
            loading.load(spec, web_inf.path)
        return caught.value

    return refused


# What is refused.


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "hello",
        "hello.application",
        "hello:",
        ":application",
        "hello:application:more",
        "hello:application(1)",
        "hello:application()()",
        "hello:application().",
        "hello:a b",
        "hello :application",
        "hello..x:application",
        ".hello:application",
        "1hello:application",
        "app/hello.py",
        "app/hello.py:",
        "hello-world:application",
    ],
)
def test_malformed_spec_is_refused(failure, spec):
    error = failure(spec)
    assert (error.rule, error.values) == ("APP_MALFORMED", (spec,))


def test_absent_application_lists_what_is_there(web_inf, failure):
    web_inf.write("app/hello.py")
    web_inf.write("app/shop/__init__.py")
    error = failure(None)
    assert (error.rule, error.values) == ("APP_ABSENT", (".keep, hello.py, shop",))


def test_absent_directory_lists_nothing():
    with pytest.raises(importing.LoadError) as caught:
        loading.load(None, None)
    assert caught.value.values == ("nothing",)


def test_long_listing_is_cut(web_inf, failure):
    for number in range(45):
        web_inf.write("app/module%02d.py" % number)
    (shown,) = failure(None).values
    assert re.search(r"module38\.py, .*\b6\b", shown) and "module39" not in shown


def test_absent_module_shows_what_is_there_and_where_it_was_searched(web_inf, failure):
    web_inf.write("app/hello.py")
    error = failure("zzqx:application")
    assert error.rule == "MODULE_ABSENT"
    place = "WEB-INF/app, which contains: .keep, hello.py"
    assert error.values[:3] == ("zzqx", "", place)
    assert web_inf.path + "/app" in error.values[3]
    assert error.traceback is None


@pytest.mark.parametrize(
    ("spec", "suggested"),
    [
        ("helo:application", " (did you mean 'hello'?)"),
        ("hel:application", " (did you mean 'hello'?)"),
        ("shpo.web:application", " (did you mean 'shop'?)"),
        ("shop.wbe:application", " (did you mean 'shop.web'?)"),
        ("shop.qqqqq:application", ""),
        ("qqqqqqqqq:application", ""),
    ],
)
def test_absent_module_is_distinguished_from_a_near_one(
    web_inf, failure, spec, suggested
):
    web_inf.write("app/hello.py", APP)
    web_inf.write("app/shop/__init__.py")
    web_inf.write("app/shop/web.py", APP)
    error = failure(spec)
    assert (error.rule, error.values[1]) == ("MODULE_ABSENT", suggested)


def test_module_that_is_no_package_has_no_modules(web_inf, failure):
    web_inf.write("app/hello.py", APP)
    assert failure("hello.web:application").rule == "MODULE_ABSENT"


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("import nowhere_at_all\n", ImportError, "IMPORT_ABSENT"),
        ("import failing.nowhere\n", ImportError, "IMPORT_ABSENT"),
        ("from os import nowhere\n", ImportError, "MODULE_FAILED"),
        ("1 / 0\n", ZeroDivisionError, "MODULE_FAILED"),
        ("def (\n", SyntaxError, "SYNTAX_ERROR"),
        ("raise SystemExit(3)\n", SystemExit, "MODULE_FAILED"),
        ("raise KeyboardInterrupt()\n", KeyboardInterrupt, "MODULE_FAILED"),
    ],
)
@pytest.mark.parametrize("spec", ["failing:app", "other/my-failing.py:app"])
def test_failing_module_keeps_its_traceback(web_inf, failure, text, kind, rule, spec):
    web_inf.write("app/failing.py", text)
    web_inf.write("other/my-failing.py", text)
    error = failure(spec)
    assert error.rule == rule
    assert error.values[0].endswith("failing.py" if "/" in spec else "failing")
    assert isinstance(error.cause, kind)
    assert "failing.py" in error.traceback
    path = "sys.path was: %s/app, " % web_inf.path
    assert (path in error.traceback) == (kind is ImportError)
    assert kind.__name__ in error.traceback or kind is ImportError


def test_syntax_error_on_cpython_has_its_place(web_inf, failure, monkeypatch):
    # As in a worker: isthmus.diagnosis knows Jython's.
    monkeypatch.setattr(importing, "explain", lambda cause, stack: None)
    file = web_inf.write("app/failing.py", "one = 1\ndef (\n")
    error = failure("failing:app")
    assert error.rule == "MODULE_FAILED"
    assert error.values[1].startswith("SyntaxError: ")
    assert error.values[1].endswith("(line 2 of %s)" % file)


def test_failing_file_is_no_module_afterwards(web_inf, failure):
    web_inf.write("other/my-failing.py", "1 / 0\n")
    failure("other/my-failing.py:app")
    assert "other_my_failing" not in sys.modules


def test_failing_module_may_be_mended_and_loaded(web_inf, failure):
    web_inf.write("other/my-failing.py", "1 / 0\n")
    failure("other/my-failing.py:application")
    web_inf.write("other/my-failing.py", APP)
    found, _ = loading.load("other/my-failing.py:application", web_inf.path)
    assert found({}, None) == ["other_my_failing"]


def test_absent_callable_lists_the_callables(web_inf, failure):
    file = web_inf.write("app/web.py", APP + "number = 1\n_hidden = application\n")
    error = failure("web:nope")
    assert error.rule == "CALLABLE_ABSENT"
    assert error.values == ("web", file, "nope", "", "application")


@pytest.mark.parametrize("name", ["app", "aplication", "application_"])
def test_absent_callable_is_distinguished_from_a_near_one(web_inf, failure, name):
    web_inf.write("app/web.py", APP)
    assert failure("web:" + name).values[3] == " (did you mean 'application'?)"


def test_absent_attribute_of_what_is_made_is_reported(web_inf, failure):
    web_inf.write("app/web.py", CLASS)
    error = failure("web:Site().nope")
    assert error.values == ("Site()", "a Site", "nope", "", "serve")


def test_module_without_callables_lists_nothing(web_inf, failure):
    web_inf.write("app/web.py", "number = 1\n")
    assert failure("web:app").values[4] == "nothing"


def test_listing_survives_an_attribute_that_raises(web_inf, failure):
    text = "class Bad(object):\n    a = property(lambda self: 1 / 0)\nb = Bad()\n"
    web_inf.write("app/web.py", text)
    assert failure("web:b.nope").values[4] == "nothing"


@pytest.mark.parametrize(
    ("spec", "kind"),
    [("web:number", "int"), ("web:Site().name", "str"), ("web:none()", "NoneType")],
)
def test_what_is_not_callable_is_refused(web_inf, failure, spec, kind):
    web_inf.write("app/web.py", CLASS + "number = 1\ndef none(): pass\n")
    error = failure(spec)
    assert (error.rule, error.values) == ("NOT_CALLABLE", (spec, "of type " + kind))


def test_factory_that_is_not_callable_is_refused(web_inf, failure):
    web_inf.write("app/web.py", "number = 1\n")
    assert failure("web:number()").rule == "NOT_CALLABLE"


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_empty_module_is_reported_to_be_empty(web_inf, failure, text):
    web_inf.write("app/web.py", text)
    assert " empty" in failure("web:app").values[4]


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit()", "SystemExit"),
        ("raise TypeError('no\\n  way')", "TypeError: no way"),
        ("raise ValueError(300 * 'x')", "ValueError: %s..." % (188 * "x")),
    ],
)
def test_failing_factory_keeps_its_traceback(web_inf, failure, text, raised):
    web_inf.write("app/web.py", "def make():\n    %s\n" % text)
    error = failure("web:make()")
    assert (error.rule, error.values) == ("FACTORY_FAILED", ("web:make()", raised))
    assert "in make" in error.traceback


def test_absent_file_lists_its_directory(web_inf, failure):
    web_inf.write("app/hello.py")
    error = failure("app/helo.py:application")
    assert error.rule == "FILE_ABSENT"
    near = " (did you mean 'hello.py'?)"
    assert error.values == ("app/helo.py", near, ".keep, hello.py")


def test_error_shows_rule_values_and_traceback_as_text(web_inf, failure):
    web_inf.write("app/web.py", "def make():\n    1 / 0\n")
    text = str(failure("web:make()"))
    raised = "ZeroDivisionError: division by zero"
    assert text.startswith("FACTORY_FAILED: web:make(), %s\nTraceback " % raised)
    assert str(failure("helo")) == "APP_MALFORMED: helo"


# URIs of Paste Deploy's: tests/packaged has the rest, on Jython.


@pytest.mark.parametrize(
    ("spec", "is_uri"),
    [
        ("config:app.ini", True),
        (" config:app.ini#shop\n", True),
        ("config:shop#main", True),
        ("config:/etc/shop/app", True),
        ("config:shop.cfg", True),
        ("egg:Shop", True),
        ("egg:Shop#main", True),
        ("config:application", False),
        ("config:make()", False),
        ("config:holder.app", False),
        ("app/config.py:application", False),
        ("shop.config:app", False),
        ("shop:app", False),
    ],
)
def test_uri_is_distinguished_from_a_module_named_config(spec, is_uri):
    assert loading.is_uri(spec) is is_uri


def test_uri_without_paste_deploy_names_what_is_missing(failure, monkeypatch):
    monkeypatch.setitem(sys.modules, "paste.deploy.loadwsgi", None)
    error = failure("config:app.ini")
    assert error.rule == "DEPLOY_ABSENT"
    assert error.values == ("config:app.ini", "Paste Deploy", "PasteDeploy>=3")


def test_paste_deploy_that_raises_is_named(web_inf, failure, monkeypatch):
    """Such as a release for another Python."""
    for name in [n for n in sys.modules if n.partition(".")[0] == "paste"]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("paste", "paste/deploy"):
        web_inf.write("app/%s/__init__.py" % name)
    file = web_inf.write("app/paste/deploy/loadwsgi.py", "import os\nos.no_such\n")
    error = failure("config:app.ini")
    assert (error.rule, error.values[0]) == ("MODULE_FAILED", "paste.deploy.loadwsgi")
    assert "no_such" in error.values[1]
    assert '"%s", line 2' % file in error.traceback
