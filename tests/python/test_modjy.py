"""isthmus.modjy: applications that each request gets anew, files that are reloaded."""

import os
import sys

import pytest

from isthmus import importing, modjy, paths

COUNTING = """
class Counting(object):
    def __init__(self):
        self.count = 0

    def __call__(self, environ, start_response):
        self.count += 1
        return [self.count]

    serve = __call__


counting = Counting()
handler = counting.serve
"""


@pytest.fixture
def load(web_inf):
    """Load an application with some of modjy's parameters."""
    web_inf.write("app/counting.py", COUNTING)
    paths.install(web_inf.path)

    def loaded(spec, **given):
        parameters = dict.fromkeys(("packages", "classdirs", "extdirs"), "")
        parameters.update({"cache_callables": "1", "reload_on_mod": "0"}, **given)
        application, name = modjy.load(spec, web_inf.path, parameters)
        return lambda: application({}, None)[0]

    return loaded


@pytest.mark.parametrize("spec", ["counting:Counting()", "counting:Counting().serve"])
def test_instance_lives_as_long_as_the_application(load, spec):
    call = load(spec)
    assert [call(), call()] == [1, 2]


@pytest.mark.parametrize("spec", ["counting:Counting()", "counting:Counting().serve"])
def test_instance_is_made_for_each_request_without_caching(load, spec):
    call = load(spec, cache_callables="0")
    assert [call(), call()] == [1, 1]


def test_imported_function_is_the_same_without_caching(load):
    call = load("counting:handler", cache_callables="0")
    assert [call(), call()] == [1, 2]


def test_file_is_run_once(load):
    call = load("app/counting.py:handler")
    assert [call(), call()] == [1, 2]


def test_file_is_run_for_each_request_without_caching(load):
    call = load("app/counting.py:handler", cache_callables="0")
    assert [call(), call()] == [1, 1]


def _write(web_inf, text, later):
    path = web_inf.write("app/counting.py", text)
    os.utime(path, (1e9 + later, 1e9 + later))


def test_changed_file_is_reloaded(web_inf, load):
    _write(web_inf, "def handler(environ, start): return [1]\n", 0)
    call = load("app/counting.py:handler", reload_on_mod="1")
    assert call() == 1
    _write(web_inf, "def handler(environ, start): return [2]\n", 2)
    assert call() == 2
    assert sys.modules["counting"].handler({}, None) == [2]


def test_older_file_is_reloaded_too(web_inf, load):
    _write(web_inf, "def handler(environ, start): return [1]\n", 10)
    call = load("app/counting.py:handler", reload_on_mod="1")
    _write(web_inf, "def handler(environ, start): return [2]\n", 0)
    assert call() == 2


def test_changed_file_is_not_reloaded_unless_asked(web_inf, load):
    _write(web_inf, "def handler(environ, start): return [1]\n", 0)
    call = load("app/counting.py:handler")
    _write(web_inf, "def handler(environ, start): return [2]\n", 2)
    assert call() == 1


def test_file_that_fails_to_reload_is_tried_again(web_inf, load):
    _write(web_inf, "def handler(environ, start): return [1]\n", 0)
    call = load("app/counting.py:handler", reload_on_mod="1")
    _write(web_inf, "1 / 0\n", 2)
    for _ in range(2):
        with pytest.raises(importing.LoadError, match="ZeroDivisionError"):
            call()
    assert sys.modules["counting"].handler({}, None) == [1]
    _write(web_inf, "def handler(environ, start): return [3]\n", 4)
    assert call() == 3


def test_imported_module_is_never_reloaded(web_inf, load):
    _write(web_inf, "def handler(environ, start): return [1]\n", 0)
    call = load("counting:handler", reload_on_mod="1")
    _write(web_inf, "def handler(environ, start): return [2]\n", 2)
    assert call() == 1


def test_failing_application_is_reported_when_it_is_loaded(load):
    with pytest.raises(importing.LoadError, match="CALLABLE_ABSENT"):
        load("counting:Counting().nope", cache_callables="0")


def test_packages_and_directories_are_added_to_jython(load, monkeypatch):
    added = []
    for name in ("add_package", "add_classdir", "add_extdir"):
        add = lambda item, name=name: added.append((name, item))  # noqa: E731
        monkeypatch.setattr(sys, name, add, raising=False)
    load("counting:handler", packages="a.b;c", classdirs="/x", extdirs="/y;/z")
    assert added == [
        ("add_package", "a.b"),
        ("add_package", "c"),
        ("add_classdir", "/x"),
        ("add_extdir", "/y"),
        ("add_extdir", "/z"),
    ]


def test_convention_is_left_to_isthmus(web_inf, load):
    web_inf.write("app/wsgi.py", COUNTING + "application = handler\n")
    call = load(None)
    assert [call(), call()] == [1, 2]
