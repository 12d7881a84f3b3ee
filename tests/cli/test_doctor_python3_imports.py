"""`isthmus doctor` on the imports of a WAR for Python 3, which it does not run."""

import json

import pytest

import python3_wars
from python3_wars import WEB_XML, lib

war = python3_wars.war

RIGHT = b"""
import os, sys, json.decoder
import six.moves, isthmus.session, one.part, _speed
from shop import views
from shop.models import Order
try:
    import nowhere
except ImportError:
    pass
def later():
    import elsewhere
application = print
"""
FILES = {
    "app/wsgi.py": RIGHT,
    "app/shop/__init__.py": b"from . import other, views\nfrom .models import Order\n",
    "app/shop/views/__init__.py": b"from ..models import Order\n'\\d'\n",
    "app/shop/models.py": b"",
    "app/shop/other.py": b"",
    "app/_speed.cpython-313-x86_64-linux-gnu.so": python3_wars.shared(),
    **lib(
        **{
            "six.py": b"",
            "platforms.pth": b"import os\n",
            "linux-x86_64/one/part.py": b"",
        }
    ),
}


def _found(isthmus, path):
    """{(code, severity): message}."""
    findings = json.loads(isthmus("doctor", path, "--json").out)["findings"]
    return {(f["code"], f["severity"]): f["message"] for f in findings}


def test_imports_that_work_have_no_findings(war, doctor):
    assert doctor(war(**FILES)) == {}


@pytest.mark.parametrize(
    "name, source, said",
    [
        ("wsgi.py", b"import missinglib\n", "'missinglib'"),
        ("wsgi.py", b"from missinglib.a import b\n", "'missinglib.a'"),
        ("wsgi.py", b"import shop.modells\n", "Did you mean 'shop.models'?"),
        ("wsgi.py", b"import pkg_resources\n", "setuptools<81"),
        # The tool's own Python may have these; the web application's has not.
        ("wsgi.py", b"import cgi\n", "'cgi'"),
        ("wsgi.py", b"from tkinter import ttk\n", "'tkinter'"),
        ("shop/__init__.py", b"from .modells import Order\n", "'shop.modells'"),
        # Only reached by what follows `import`.
        ("shop/views/__init__.py", b"import missinglib\n", "'missinglib'"),
    ],
)
def test_import_that_fails_at_startup_is_an_error(war, isthmus, name, source, said):
    path = war(**{**FILES, "app/" + name: source + FILES["app/" + name]})
    told = _found(isthmus, path)
    assert list(told) == [("IS0287", "error")], told
    (message,) = told.values()
    assert said in message and "WEB-INF/app/" + name in message, message
    # Nor is a private module of Python's suggested, such as _tkinter.
    assert "Jython" not in message and "'_" not in message, message


def test_import_that_the_application_does_not_reach_is_a_warning(war, isthmus):
    told = _found(isthmus, war(**{"app/gunicorn_conf.py": b"import gunicorn\n"}))
    assert list(told) == [("IS0287", "warning")], told


def test_standard_library_is_that_of_the_web_application(war, doctor):
    source = b"import annotationlib, compression.zstd, array\napplication = print\n"
    # Those of 3.14, two of which an older Python of the tool's lacks.
    names = "annotationlib.py", "compression/zstd/__init__.py", "lib-dynload/array.so"
    inside = python3_wars.python(
        *("lib/python3.14/" + name for name in names), feature="3.14"
    )
    files = {"app/wsgi.py": source, "cpython/linux-x86_64.zip": inside}
    assert "IS0287" not in doctor(war(**files))


def test_import_that_a_changed_path_may_allow_is_a_warning(war, isthmus):
    source = b"import sys\nsys.path.append('/srv/more')\nimport missinglib\n"
    told = _found(isthmus, war(**{"app/wsgi.py": source + b"application = print\n"}))
    assert list(told) == [("IS0287", "warning")], told


def test_module_in_the_directory_for_classes_is_found(war, doctor):
    source = b"import made.one\napplication = print\n"
    files = {"app/wsgi.py": source, "classes/made/one.py": b""}
    assert "IS0287" not in doctor(war(**files))


@pytest.mark.parametrize(
    "files",
    [
        lib(**{"elsewhere.pth": b"/srv/libraries\n"}),
        {
            "web.xml": WEB_XML.replace(
                b"</context-param>",
                b"</context-param><context-param><param-name>isthmus.python.executable"
                b"</param-name><param-value>/opt/python</param-value></context-param>",
                1,
            )
        },
        {
            "app/settings.py": b"import sys\nsys.path.insert(0, 'vendor')\n",
            "app/vendor/missinglib.py": b"",
        },
    ],
)
def test_module_that_may_be_elsewhere_is_not_missed(war, doctor, files):
    source = b"import missinglib\napplication = print\n"
    assert "IS0287" not in doctor(war(**{"app/wsgi.py": source, **files}))


def test_libraries_of_a_server_that_has_the_python_are_not_missed(war, doctor):
    source = b"import missinglib\napplication = print\n"
    path = war(**{"app/wsgi.py": source, "cpython/linux-x86_64.zip": None})
    assert "IS0287" not in doctor(path)
