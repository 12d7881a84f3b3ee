"""What a source binds at its top level is seen; what cannot be is not denied."""

import pytest

from isthmus_cli import bindings


@pytest.mark.parametrize(
    "text",
    [
        "app = 1",
        "a = (b, app) = 1, 2",
        "app: int = 1",
        "def app(): pass",
        "class app: pass",
        "import app.web",
        "import web as app",
        "from web import (main,\n    app)",
        "try:\n    import x\nexcept E as app:\n    pass",
        "if x:\n    pass\nelse:\n    with x as app: pass",
        "for app in x: pass",
        "def start():\n    global app\n    app = 1",
        # What cannot be told.
        "from web import *",
        "globals()['app'] = 1",
        "exec 'app = 1'",
        "setattr(sys.modules[__name__], 'ap' + 'p', 1)",
        # PEP 562.
        "def __getattr__(name):\n    return print",
        "__getattr__, __dir__, __all__ = lazy.attach(__name__)",
        # Python 2, which only mentions it.
        "print 1\napp = 1",
    ],
)
def test_name_may_be_there(text):
    assert bindings.objection("a.py", text.encode(), "app.wsgi") is None


@pytest.mark.parametrize(
    "text",
    [
        "from . import web",
        "from .web import main",
        "import shop.web",
        "from shop import (\n    web)",
        "try: import shop.web\nfinally: pass",
        "importlib.import_module('.web', __name__)",
        # Python 2's relative import, with its syntax or without.
        "import os, web",
        "import web\nprint 1",
    ],
)
def test_submodule_may_set_it_on_its_package(text):
    octets, beside = text.encode(), {"__init__", "web"}
    for file in ("shop/__init__.py", "WEB-INF/app/shop/__init__.py"):
        assert bindings.objection(file, octets, "app", beside) is None
    # What a module imports is no part of it.
    if "." not in text:
        assert bindings.objection("shop.py", octets, "app", beside)


@pytest.mark.parametrize("text", ["", "import os", "from web_ import x", "web = 1"])
def test_package_that_imports_nothing_of_its_own_lacks_what_it_does_not_bind(text):
    octets, beside = text.encode(), {"__init__", "web"}
    why = bindings.objection("shop/__init__.py", octets, "app", beside)
    assert "shop/__init__.py" in why and "'app'" in why


@pytest.mark.parametrize(
    "text",
    ["", "x = 'app'", "def f():\n    app = 1", "class C:\n    app = 1", "x.app = app"],
)
def test_name_is_not_there(text):
    why = bindings.objection("a.py", text.encode(), "app")
    assert "a.py" in why and "'app'" in why and "mean" not in why


def test_nearest_name_is_reported_and_python_2_is_read():
    why = bindings.objection("a.py", b"application = 1", "aplication")
    assert why.endswith("Did you mean 'application'?")
    assert bindings.objection("a.py", b"print 'x'\napps = 1", "app")
    assert bindings.objection("a/__init__.py", b"", "web", {"web"}) is None
