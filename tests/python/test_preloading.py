"""isthmus.preload: what is imported, and what is said of what cannot be."""

import sys
import zipfile

import pytest

from isthmus import importing, paths, preloading


@pytest.fixture
def failure(web_inf):
    """The error that a module's name is refused with."""
    web_inf.write("app/shop/__init__.py")
    web_inf.write("app/shop/prices.py")
    paths.install(web_inf.path)

    def refused(name):
        with pytest.raises(importing.LoadError) as caught:
            preloading.preload([name])
        return caught.value

    return refused


def test_modules_are_imported(web_inf):
    web_inf.write("app/early.py")
    paths.install(web_inf.path)
    preloading.preload(["early", "json.encoder"])
    assert "early" in sys.modules and "json.encoder" in sys.modules


@pytest.mark.parametrize(
    ("name", "near"),
    [("shpo", "shop"), ("shop.price", "shop.prices"), ("zzz.qqq", None)],
)
def test_absent_module_is_distinguished_from_a_near_one(failure, name, near):
    error = failure(name)
    suggestion = " (did you mean '%s'?)" % near if near else ""
    assert (error.rule, error.values[:2]) == ("PRELOAD_FAILED", (name, suggestion))
    missing = name.split(".")[0] if near is None else name
    assert error.values[2] == "ModuleNotFoundError: No module named '%s'" % missing
    assert "No module named" in error.traceback
    assert "preloading.py" not in error.traceback
    assert "sys.path was: " in error.traceback


def test_near_name_may_be_in_an_archive(web_inf, failure):
    with zipfile.ZipFile(web_inf.write("library.zip"), "w") as archive:
        archive.writestr("zygotes.py", "")
        archive.writestr("zy.py", "")
    sys.path.append(web_inf.path + "/library.zip")
    assert failure("zygtoes").values[1] == " (did you mean 'zygotes'?)"
    assert failure("zyxwvu").values[1] == ""


def test_what_a_module_imports_in_vain_is_reported_for_that_module(web_inf, failure):
    web_inf.write("app/wanting.py", "import nowhere_at_all\n")
    error = failure("wanting")
    assert (error.rule, error.values[0]) == ("IMPORT_ABSENT", "wanting")
    assert "wanting.py" in error.values[1]


def test_failing_module_keeps_its_traceback(web_inf, failure):
    web_inf.write("app/failing_early.py", "1 / 0\n")
    error = failure("failing_early")
    raised = "ZeroDivisionError: division by zero"
    assert error.rule == "PRELOAD_FAILED"
    assert error.values == ("failing_early", "", raised)
    assert "ZeroDivisionError" in error.traceback
    assert "failing_early.py" in error.traceback
