"""isthmus.diagnosis and what it asks: why an import failed, told from the exception."""

import pathlib
import sys
import zipfile

import pytest

from isthmus import absent, diagnosis, importing, loading, owners, paths
from isthmus.jython import extensions, python3

METADATA = "Metadata-Version: 2.1\nName: %s\nVersion: 2.0.1\n\nName: not this\n"


@pytest.fixture
def failure(web_inf):
    """The error that a module's import ends in, the module being the given text."""
    web_inf.write("app/.keep")
    web_inf.write("lib-python/.keep")
    paths.install(web_inf.path)

    def failed(text, spec="failing:application"):
        web_inf.write("app/failing.py", text)
        with pytest.raises(importing.LoadError) as caught:
            loading.load(spec, web_inf.path)
        return caught.value

    return failed


@pytest.fixture
def place(web_inf):
    return "line %%d of %s/app/failing.py" % web_inf.path


# A module that is nowhere.


def test_absent_import_is_named_with_its_line(failure, place):
    error = failure("import os\n\nimport zzqx\n")
    assert error.rule == "IMPORT_ABSENT"
    assert error.values == ("failing", place % 3, "zzqx", "")


def test_absent_import_is_distinguished_from_a_near_name(web_inf, failure, place):
    web_inf.write("lib-python/requests/__init__.py")
    error = failure("from requets import get\n")
    assert error.values[:3] == ("failing", place % 1, "requets")
    assert "did you mean 'requests'?" in error.values[3]


def test_absent_pkg_resources_is_reported_to_be_of_setuptools():
    # Not imported: where the tests run it may be there.
    for name in ("pkg_resources", "pkg_resources.extern"):
        message = absent.nearest_module(name)
        assert "setuptools<81" in message and "mean" not in message
        assert "44.1.1" not in message
        # The tool, on Python 3, knows of the one for Jython.
        assert "44.1.1" in absent.distribution(name)
    assert absent.distribution("os") is None


def test_part_of_the_standard_library_in_c_has_its_counterpart():
    assert extensions.instead("_warnings").startswith("warnings")
    assert extensions.instead("symtable") == "ast"


def test_absent_import_in_a_factory_is_reported_like_one_in_a_module(failure, place):
    text = "def make():\n    import requets\n    return requets\n"
    error = failure(text, "failing:make()")
    assert error.rule == "IMPORT_ABSENT"
    assert error.values[:3] == ("failing:make()", place % 2, "requets")


def test_absent_import_of_a_library_is_placed_in_it(web_inf, failure):
    file = web_inf.write("lib-python/shop.py", "import requets, os\n")
    error = failure("import shop\n")
    assert error.values[1:3] == ("line 1 of " + file, "requets")


def test_import_error_without_a_name_is_none_of_these(failure):
    assert failure("raise ImportError('no luck')\n").rule == "MODULE_FAILED"


def test_name_that_a_package_lacks_is_none_of_these(web_inf, failure):
    web_inf.write("app/shop/__init__.py", "from .cart import add\n")
    web_inf.write("app/shop/cart.py")
    assert failure("import shop\n").rule == "MODULE_FAILED"


def test_absent_import_is_distinguished_from_a_near_name_in_an_archive(
    web_inf, failure
):
    archive = pathlib.Path(web_inf.write("lib-python/caf\u00e9.zip"))
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("Lib/shop_prices/__init__.py", "")
        zipped.writestr("Lib/shop_prices/web.py", "")
        zipped.writestr("shop_price.py", "")
    sys.path.append(str(archive / "Lib"))
    error = failure("import shop_prics\n")
    assert error.values[3] == " (did you mean 'shop_prices'?)"


def test_path_may_have_what_is_no_text(failure, place):
    sys.path += [b"/srv/app", pathlib.Path("/srv/app"), None]
    assert failure("import zzqx\n").values[:2] == ("failing", place % 1)
    with_syntax = failure("nonlocal x\nreturn\n")
    assert with_syntax.values[:2] == ("failing", place % 1)


# What goes wrong in finding out.


@pytest.mark.parametrize("kind", ["ImportError", "SyntaxError", "ValueError"])
@pytest.mark.parametrize("spec", ["failing:application", "failing:make()"])
def test_exception_may_fail_to_say_anything(failure, kind, spec):
    text = "class E(%s):\n    def __str__(self):\n        1 / 0\n" % kind
    make = "def make():\n    raise E()\n" + ("" if "make" in spec else "make()\n")
    error = failure(text + make, spec)
    assert error.rule == ("FACTORY_FAILED" if "make" in spec else "MODULE_FAILED")
    assert "Isthmus could not" not in error.traceback


def test_failure_is_reported_where_its_diagnosis_fails(failure, monkeypatch):
    def broken(error, frames):
        raise KeyError("of the diagnosis")

    monkeypatch.setattr(diagnosis, "of", broken)
    error = failure("import zzqx\n")
    raised = "ModuleNotFoundError: No module named 'zzqx'"
    assert (error.rule, error.values) == ("MODULE_FAILED", ("failing", raised))
    output, _, ours = error.traceback.rpartition("Isthmus")
    assert "failing.py" in output
    assert "sys.path was: " in output
    assert "KeyError: 'of the diagnosis'" not in output
    assert "KeyError: 'of the diagnosis'" in ours


def test_absent_module_is_reported_where_near_names_cannot_be(failure, monkeypatch):
    def broken(places):
        raise KeyError("of an archive")

    monkeypatch.setattr(absent, "_archived", broken)
    error = failure("", "zzqx:application")
    assert error.rule == "MODULE_ABSENT"
    assert error.values[0] == "zzqx"
    assert "KeyError: 'of an archive'" in error.values[1]


# What only Python 3 has. (Of its library, what CPython has not by now.)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("http.client", " httplib"),
        ("http", " httplib"),
        ("urllib.parse.urlencode", " urlparse"),
        ("configparser", " ConfigParser"),
        ("typing.Optional", "distribution typing"),
        ("pathlib", "distribution pathlib2"),
        ("functools.lru_cache", "distribution backports.functools_lru_cache"),
        ("asyncio.events", "Python 2.7"),
        ("dataclasses", "Python 2.7"),
    ],
)
def test_module_of_python_3_has_its_name_in_2(name, instead):
    assert instead in python3.instead(name)


@pytest.mark.parametrize("name", ["urllib", "collections", "requests", "os.path"])
def test_other_modules_are_not_of_python_3(name):
    assert python3.instead(name) is None


@pytest.mark.parametrize(
    "text", ["import %s", "import os, %s as o", "from %s import x"]
)
def test_import_of_a_module_of_python_3_is_reported(monkeypatch, failure, place, text):
    monkeypatch.setitem(python3._MODULES, "pkg_of_3.sub", "pkg")
    error = failure(text % "pkg_of_3.sub" + "\n")
    assert error.rule == "PYTHON3_IMPORT"
    assert error.values[:3] == ("failing", place % 1, "pkg_of_3.sub")
    assert " pkg" in error.values[3]


def test_import_of_python_3_in_a_library_asks_for_another_release(
    web_inf, monkeypatch, failure
):
    monkeypatch.setitem(python3._MODULES, "pkg_of_3", "pkg")
    web_inf.write("lib-python/shop.py", "import pkg_of_3\n")
    web_inf.write("lib-python/Shop-2.0.1.dist-info/METADATA", METADATA % "Shop")
    web_inf.write("lib-python/Shop-2.0.1.dist-info/RECORD", "shop.py,sha256=x,17\n")
    error = failure("import shop\n")
    assert "Shop 2.0.1" in error.values[3] and "pkg" not in error.values[3]


# Lines that are a SyntaxError for some other reason; test_python3_on_jython.py has the
# ones of Python 3.


@pytest.mark.parametrize(
    "line",
    [
        "def application(environ, start_response:",
        "print 'async def', f(*args, **kwargs",
        "x = call(a, *rest, b=1",
        "value = {'a': 1, 'b' 2}",
        "raise ValueError('from here'",
        "# nonlocal x := f'{y}'",
        "x = items[..., 0",
        "if x == 1",
        "return a *b",
        "name: 1, other: 2",
        "lambda x: *y",
        "@property x",
        "u'\xe9' 'x",
    ],
)
def test_other_lines_are_not_of_python_3(line):
    assert python3.construct(line, "mismatched input") is None


def test_syntax_error_shows_place_line_and_reason(failure, place):
    error = failure("x = 1\ndef application(environ, start_response:\n    pass\n")
    assert error.rule == "SYNTAX_ERROR"
    assert error.values[0] == "failing"
    assert error.values[1] in (place % 2, place % 3)
    assert error.values[3]


# Modules in C.


# Names that CPython leaves alone on Linux.
@pytest.mark.parametrize(
    "name", ["fast.pyd", "fastmodule.so", "fast.cpython-27m-i386.so", "fast.dylib"]
)
@pytest.mark.parametrize("text", ["import shop.fast", "from shop import fast"])
def test_module_in_c_is_reported_by_its_file(web_inf, failure, place, name, text):
    web_inf.write("lib-python/shop/__init__.py", "")
    file = web_inf.write("lib-python/shop/" + name, b"MZ")
    error = failure(text + "\n")
    assert error.rule == "C_EXTENSION"
    assert error.values[:4] == ("failing", place % 1, "shop.fast", file)


def test_module_in_c_is_reported_beside_the_one_that_imports_it(web_inf, failure):
    file = web_inf.write("lib-python/shop/_fast.pyd", b"MZ")
    web_inf.write("lib-python/shop/__init__.py", "from . import _fast\n")
    error = failure("import shop\n")
    assert (error.rule, error.values[3]) == ("C_EXTENSION", file)


@pytest.mark.parametrize(
    ("name", "instead"),
    [("psycopg2", "zxJDBC"), ("lxml.etree", "xml.etree.ElementTree")],
)
def test_module_in_c_is_reported_by_its_name(failure, place, name, instead):
    error = failure("import %s\n" % name)
    assert error.rule == "C_EXTENSION"
    assert error.values[:3] == ("failing", place % 1, name)
    assert instead in error.values[4]


def test_code_that_is_too_large_needs_no_traceback_in_java(failure):
    text = "Module or method too large in `/x/y.py`.\\n\\nPlease provide"
    error = failure("raise RuntimeError('%s')\n" % text)
    assert (error.rule, error.values) == ("CODE_TOO_LARGE", ("failing", "/x/y.py"))
    assert error.cause is None
    assert "RuntimeError: " not in error.traceback


# To which library a file belongs.


@pytest.fixture
def installed(web_inf):
    """Put files into lib-python, and ask for the owner of one of them."""

    def owner(asked, **files):
        web_inf.write("lib-python/.keep")
        for name, text in files.items():
            web_inf.write("lib-python/" + name.replace("__", "/", 1), text)
        file = web_inf.write("lib-python/" + asked)
        paths.install(web_inf.path)
        return owners.of(file)

    return owner


@pytest.mark.parametrize(
    ("listing", "line"),
    [
        ("RECORD", "shop/cart.py,sha256=abc,12"),
        ("RECORD", '"shop/cart.py",,'),
        ("SOURCES.txt", "src/shop/cart.py"),
        ("installed-files.txt", "../shop/cart.py"),
        ("top_level.txt", "shop"),
    ],
)
@pytest.mark.parametrize(
    ("suffix", "metadata"), [("dist-info", "METADATA"), ("egg-info", "PKG-INFO")]
)
def test_owner_is_found_by_what_was_installed(
    web_inf, installed, listing, line, suffix, metadata
):
    own = "lib-python/Shop-2.0.1.%s/" % suffix
    web_inf.write("lib-python/Aaa-1.0.%s/%s" % (suffix, metadata), METADATA % "Aaa")
    web_inf.write("lib-python/Aaa-1.0.%s/%s" % (suffix, listing), "aaa.py,,\naaa\n")
    web_inf.write(own + metadata, METADATA % "Shop")
    web_inf.write(own + listing, "other\n%s\n" % line)
    assert installed("shop/cart.py") == "Shop 2.0.1"


def test_list_of_files_knows_better_than_a_list_of_modules(web_inf, installed):
    for name, listing in [("Paste", "paste/cart.py"), ("PasteScript", "paste/copy.py")]:
        own = "lib-python/%s-2.0.1.dist-info/" % name
        web_inf.write(own + "METADATA", METADATA % name)
        web_inf.write(own + "RECORD", listing + ",,\n")
        web_inf.write(own + "top_level.txt", "paste\n")
    assert installed("paste/copy.py") == "PasteScript 2.0.1"
    assert installed("paste/other.py") == "Paste 2.0.1"


def test_owner_without_metadata_is_named_by_its_directory(web_inf, installed):
    expected = "the library 'shop' in %s/lib-python" % web_inf.path
    assert installed("shop/cart.py") == expected


def test_owner_of_a_file_in_an_egg_is_named_by_the_egg(web_inf, installed):
    egg = "Flask_Shop-2.0.1-py3.9.egg"
    web_inf.write("lib-python/shop.pth", egg + "\n")
    assert installed(egg + "/shop/cart.py") == "Flask_Shop 2.0.1"


def test_own_code_and_pythons_own_belong_to_nobody(web_inf):
    file = web_inf.write("app/shop.py")
    paths.install(web_inf.path)
    assert owners.of(file) is None
    assert owners.of("/nowhere/at/all.py") is None
