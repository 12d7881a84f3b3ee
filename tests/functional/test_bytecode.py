"""$py.class files are what runs, in every layout, until their sources change.

Jython says so by a module's __file__, which ends in $py.class or in .py.
"""

import os
import shutil
from functools import cache, partial

import pytest

import client
from paths import HERE, scratch
from wars import War, precompiled
from webxml import Servlet, WebXml

SITE = HERE / "sites" / "bytecode"
LIBRARIES = SITE / "lib-python"
MODULES = ("told", "shelf", "shelf.inner")
APP = WebXml(servlets=[Servlet("app", ["/app/*"], {"isthmus.app": "told:application"})])


@cache
def _dated(name, parts):
    """The precompiled directory as a build leaves it that gives all one old time."""
    source = precompiled(SITE, parts) / name
    copy = scratch("dated-")
    shutil.copytree(source, copy, dirs_exist_ok=True)
    for path in copy.rglob("*.*"):
        # 1 January 2020, 00:00:00 UTC.
        os.utime(path, (1577836800, 1577836800))
    return copy


@cache
def _edited(name, parts):
    """The precompiled directory, whose sources were edited a minute after."""
    copy = scratch("edited-")
    shutil.copytree(precompiled(SITE, parts) / name, copy, dirs_exist_ok=True)
    for path in copy.rglob("*.py"):
        time = path.stat().st_mtime + 60
        os.utime(path, (time, time))
    return copy


def _app(make, parts):
    directory = make(".", parts)
    copy = scratch("app-")
    for file in directory.glob("told*"):
        shutil.copy2(file, copy)
    return copy


def _war(name, make, layout):
    files = {
        "WEB-INF/app": partial(_app, make),
        "WEB-INF/lib-python": partial(make, "lib-python"),
    }
    return War("/bytecode/" + name, APP, files, layout=layout)


LAYOUTS = ("exploded", "unpacked", "packed")
PRECOMPILED = [_war(layout, _dated, layout) for layout in LAYOUTS]
EDITED = [_war("edited-" + layout, _edited, layout) for layout in LAYOUTS]
WARS = PRECOMPILED + EDITED


def _report(server, war):
    response = client.fetch(server.address, "GET", war.path + "/app/")
    assert response.status == 200
    return response.json()


@pytest.mark.parametrize("war", PRECOMPILED, ids=LAYOUTS)
def test_bytecode_is_used(server, war):
    files = _report(server, war)["files"]
    assert [name for name in MODULES if not files[name].endswith("$py.class")] == []


@pytest.mark.parametrize("war", PRECOMPILED, ids=LAYOUTS)
def test_nothing_of_jython_and_isthmus_is_compiled(server, war):
    files = _report(server, war)["files"]
    assert [name for name in files if files[name].endswith(".py")] == []
    assert files["isthmus.loading"].endswith("$py.class")
    assert files["os"].endswith("$py.class")


@pytest.mark.parametrize("war", PRECOMPILED, ids=LAYOUTS)
def test_traceback_has_the_source_and_its_line(server, war):
    file, line, function, text = _report(server, war)["line"]
    assert file.endswith("/lib-python/shelf/inner.py")
    assert (line, function, text) == (5, "fail", 'raise ValueError("on purpose")')


@pytest.mark.parametrize("war", EDITED, ids=LAYOUTS)
def test_edited_source_is_used_and_not_what_was_compiled_before(server, war):
    files = _report(server, war)["files"]
    used = [name for name in MODULES if files[name].endswith("$py.class")]
    # Jetty gives what it unpacks the time of that, so nothing looks edited.
    keeps_times = war.layout != "unpacked" or not server.name.startswith("jetty")
    assert used == ([] if keeps_times else list(MODULES))
