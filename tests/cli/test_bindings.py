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
        # Python 2, which only mentions it.
        "print 1\napp = 1",
    ],
)
def test_name_may_be_there(text):
    assert bindings.objection("a.py", text.encode(), "app.wsgi") is None


@pytest.mark.parametrize(
    "text",
    ["", "x = 'app'", "def f():\n    app = 1", "class C:\n    app = 1", "x.app = app"],
)
def test_name_is_not_there(text):
    why = bindings.objection("a.py", text.encode(), "app")
    assert "a.py" in why and "'app'" in why and "mean" not in why


def test_nearest_name_is_told_and_python_2_is_read():
    why = bindings.objection("a.py", b"application = 1", "aplication")
    assert why.endswith("Did you mean 'application'?")
    assert bindings.objection("a.py", b"print 'x'\napps = 1", "app")
    assert bindings.objection("a/__init__.py", b"", "web", {"web"}) is None
