"""How an application is named, where its modules come from, and what if it fails.

All in one web application: each servlet has an isthmus.app of its own, and those that
cannot start have isthmus.init.error=503.
"""

import io
import re
import zipfile

import pytest

import client
from paths import HERE
from wars import War
from webxml import Servlet, WebXml

SITE = "/site/loading"

# isthmus.app, and what the application answers.
APPS = {
    "package.inner:application": b"package.inner",
    "making:create()": b"made 1",
    "making:Maker().handle": b"Maker",
    "making:holder.app": b"Maker",
    "app/sub/by-path.py:application": b"sub",
    "app/making.py:create()": b"made 2",
    "stacked:application": b"(True, (None, ['']))",
}

# isthmus.app, and what the log says of it.
FAILING = {
    "nowhere:application": ["IS0052", "'nowhere'", "WEB-INF/app"]
    + ["broken.py, ", "making.py, "],
    "package.iner:application": ["IS0052", "did you mean 'package.inner'?"],
    "missing_inside:application": [
        "IS0080",
        "'missing_inside'",
        "line 3 of ",
        "missing_inside.py",
        "'nowhere_to_be_found'",
        "line 3, in <module>",
    ]
    + ["ImportError: No module named nowhere_to_be_found", "WEB-INF/app"],
    "broken:application": [
        "IS0077",
        "'broken'",
        "line 1 of ",
        "broken.py",
        "Python 2.7",
        "'def application(environ, start_response:'",
        "mismatched input",
        'broken.py", line 1',
        "SyntaxError",
    ],
    "exits:application": ["IS0053", "'exits'", "SystemExit: 3"],
    "package.inner:aplication": ["IS0054", "'aplication'"]
    + ["did you mean 'application'?"],
    "empty:application": ["IS0054", "'empty'", " empty"],
    "making:raising()": [
        "IS0055",
        "'making:raising()'",
        "in raising",
        "ValueError: told to fail",
    ],
    "making:exiting()": ["IS0055", "'making:exiting()'", "SystemExit: enough"],
    "making:number": ["IS0056", "'making:number'", "type int"],
    "making:number()": ["IS0056", "'making:number()'", "type int"],
    "making:failing_in_java()": [
        "IS0055",
        "'making:failing_in_java()'",
        "RuntimeException: java.lang.RuntimeException: outer",
        "in failing_in_java",
        "Caused by: java.lang.RuntimeException: outer",
        "Caused by: java.lang.IllegalStateException: inner",
    ],
    "app/none.py:application": ["IS0057", "app/none.py", "making.py"],
    "app/makin.py:create()": ["IS0057", "app/makin.py", "did you mean 'making.py'?"],
    "making.create": ["IS0050", "'making.create'"],
    None: ["IS0051", "WEB-INF/app", "broken.py", "package"],
}

# The module of an application that cannot run on Jython, and what the log says of it.
WRONG = {
    "f_string": [
        'name = "shop"\ntitle = f"the {name}"\n',
        "IS0076",
        "'f_string'",
        "line 2 of ",
        "f_string.py",
        " f-string",
        "'title = f\"the {name}\"'",
        "SyntaxError: no viable alternative",
    ],
    "no_coding": [
        '\nname = "caf\u00e9"\n',
        "IS0076",
        "'no_coding'",
        "line 2 of ",
        "no_coding.py",
        "'# coding: utf-8'",
        "'name = \"caf\u00e9\"'",
    ],
    "uses_library": [
        "import modern\n",
        "IS0076",
        "'uses_library'",
        "line 5 of ",
        "lib-python/modern/core.py",
        "annotation",
        "'def run(self, host: str):'",
        "Modern 2.0.1",
        'uses_library.py", line 1, in <module>',
    ],
    "of_python3": [
        "from urllib.parse import urlencode\n",
        "IS0078",
        "of_python3.py",
        "'urllib.parse'",
        "urlparse",
        "--engine cpython",
    ],
    "uses_so": [
        "from modern_fast import speed\n",
        "IS0079",
        "uses_so.py",
        "'modern_fast.speed'",
        "lib-python/modern_fast/speed.so",
    ],
    "uses_sqlite": [
        "import sqlite3\n",
        "IS0079",
        "uses_sqlite.py",
        "'sqlite3'",
        "com.ziclix.python.sql.zxJDBC",
    ],
    "uses_misspelt": [
        "import moderm\n",
        "IS0080",
        "'moderm'",
        "did you mean 'modern'?",
    ],
    "too_large": [
        # A Java method holds 64 KiB of code, the constants among it.
        "x = [\n" + "    {'a': 'b', 'c': 1},\n" * 4000 + "]\n",
        "IS0081",
        "too_large.py",
        "64 KiB",
    ],
}
FAILING.update(("%s:application" % name, case[1:]) for name, case in WRONG.items())

LIBRARIES = {
    "modern/__init__.py": "from .core import App\n",
    "modern/core.py": "import os\n\n\nclass App:\n    def run(self, host: str):\n"
    "        pass\n",
    "Modern-2.0.1.dist-info/METADATA": "Metadata-Version: 2.1\nName: Modern\n"
    "Version: 2.0.1\nRequires-Python: >=3.6\n",
    "Modern-2.0.1.dist-info/RECORD": "modern/__init__.py,,\nmodern/core.py,,\n",
    "modern_fast/__init__.py": "",
    "modern_fast/speed.so": b"\x7fELF",
}

# Applications that are there, with events that nobody can be told of.
EVENTS = {
    "event in no module": ("making:create()", "exception: nowhere.events:failed"),
    "event of no callable": ("making:create()", "stopping: making:number"),
}
FAILING["event in no module"] = [
    "IS0100",
    "'nowhere.events:failed'",
    "exception",
    "ImportError: No module named nowhere",
]
FAILING["event of no callable"] = ["IS0100", "'making:number'", "stopping"]

# What pip installs for a part of a namespace package (setuptools' namespaces.py).
NAMESPACE_PTH = (
    "import sys, types, os;"
    "has_mfs = sys.version_info > (3, 5);"
    "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *('spread',));"
    "m = sys.modules.setdefault('spread', types.ModuleType('spread'));"
    "mp = (m or []) and m.__dict__.setdefault('__path__',[]);"
    "(p not in mp) and mp.append(p)\n"
)


def _origin(name):
    return "ORIGIN = %r\n" % name


def _archive(name, text):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr(name, text)
    return archive.getvalue()


# A module to import, and the file below WEB-INF that it comes from.
MODULES = {
    "of_lib": "lib-python/of_lib.py",
    "of_lib_package": "lib-python/of_lib_package/__init__.py",
    "of_zip": "lib-python/some.zip",
    "of_egg": "lib-python/some.egg",
    "of_egg_directory": "lib-python/unpacked.egg/of_egg_directory.py",
    "of_pth": "lib-python/elsewhere/of_pth.py",
    "spread.out": "lib-python/spread/out.py",
    "of_classes": "classes/of_classes.py",
    "twice": "app/twice.py",
}


def _files():
    files = {
        "WEB-INF/app": HERE / "sites" / "loading",
        "WEB-INF/app/broken.py": "def application(environ, start_response:\n    pass\n",
        "WEB-INF/app/empty.py": "",
        "WEB-INF/app/exits.py": "import sys\n\nsys.exit(3)\n",
        # An application's own modules win over those of its dependencies.
        "WEB-INF/lib-python/twice.py": _origin("lib-python/twice.py"),
        "WEB-INF/lib-python/some.pth": "# a comment\nelsewhere\nunpacked.egg\nnone\n",
        "WEB-INF/lib-python/spread-nspkg.pth": NAMESPACE_PTH,
    }
    for module, case in WRONG.items():
        files["WEB-INF/app/%s.py" % module] = case[0]
    for path, content in LIBRARIES.items():
        files["WEB-INF/lib-python/" + path] = content
    for module, path in MODULES.items():
        if path.endswith((".zip", ".egg")):
            files["WEB-INF/" + path] = _archive(module + ".py", _origin(path))
        else:
            files["WEB-INF/" + path] = _origin(path)
    return files


def _servlet(number, app):
    params = {"isthmus.init.error": "503", "isthmus.environ.add": "n: %d" % number}
    if app:
        params["isthmus.app"] = app
    if app in EVENTS:
        params["isthmus.app"], params["isthmus.events"] = EVENTS[app]
    return Servlet(
        "app%d" % number, ["/app%d/*" % number], params, load_on_startup=1 + number
    )


def _path(app):
    return "%s/app%d/" % (SITE, [*APPS, *FAILING].index(app))


WARS = [
    War(
        SITE,
        WebXml(
            servlets=[_servlet(n, app) for n, app in enumerate([*APPS, *FAILING])]
            + [
                Servlet(
                    "imports", ["/imports"], {"isthmus.app": "imports:application"}
                ),
                Servlet(
                    "status",
                    ["/isthmus/*"],
                    {
                        "isthmus.health.access": "loopback",
                        "isthmus.status.access": "loopback",
                    },
                    class_name="org.isthmus.StatusServlet",
                ),
            ]
        ),
        files=_files(),
    )
]


def _ask(server, target):
    return client.fetch(server.address, "GET", target)


@pytest.mark.parametrize("app", APPS)
def test_application_is_found_by_its_name(server, app):
    response = _ask(server, _path(app))
    assert (response.status, response.body) == (200, APPS[app])


@pytest.mark.parametrize("module", MODULES)
def test_module_is_imported_from_its_place(server, module):
    response = _ask(server, SITE + "/imports?" + module)
    assert (response.status, response.body) == (200, MODULES[module].encode())


@pytest.mark.parametrize("app", FAILING)
def test_application_that_did_not_start_answers_503(server, app):
    response = _ask(server, _path(app))
    assert response.status == 503
    assert b"Traceback" not in response.body and b"WEB-INF" not in response.body


def _says(text, code, cause):
    pattern = r"\AIS0060: .*%s\b.*%s.*\n.*%s: .*%s"
    return re.search(pattern % (SITE, code, code, re.escape(cause)), text)


@pytest.mark.parametrize("app", FAILING)
def test_log_says_once_why_an_application_did_not_start(server, app):
    for _ in range(2):
        _ask(server, _path(app))
    code, *causes = FAILING[app]
    found = server.log.wait_for_records(lambda r: _says(r.text, code, causes[0]))
    assert [record.level for record in found] == ["ERROR"]
    assert [cause for cause in causes if cause not in found[0].text] == []


@pytest.mark.parametrize("app", FAILING)
def test_log_of_what_did_not_start_has_no_code_of_isthmus(server, app):
    _ask(server, _path(app))
    code, *causes = FAILING[app]
    (record,) = server.log.wait_for_records(lambda r: _says(r.text, code, causes[0]))
    # Where the container has called the servlet's init tells an operator nothing.
    own = r"org\.isthmus\.(?:Gateway|Deployment|WsgiServlet)\b"
    assert re.findall(own, record.text) == []


def test_code_that_is_too_large_is_reported_without_jythons_own_advice(server):
    _ask(server, _path("too_large:application"))
    (record,) = server.log.wait_for_records(lambda r: _says(r.text, "IS0081", ""))
    # Which is to set what only a command line has, and its Java stack.
    assert "python.cpython2" not in record.text
    assert "\tat org.python" not in record.text


def test_web_application_with_one_that_failed_lives_and_is_not_ready(server):
    assert _ask(server, SITE + "/isthmus/health").status == 200
    response = _ask(server, SITE + "/isthmus/ready")
    assert (response.status, response.body) == (503, b"not ready\n")


def test_status_has_the_application_that_failed(server):
    status = _ask(server, SITE + "/isthmus/status.json").json()
    states = {app["name"]: app["state"] for app in status["apps"]}
    assert states["nowhere:application"] == "FAILED"
    assert states["package.inner:application"] == "READY"
    codes = {incident["code"] for incident in status["incidents"]}
    assert codes == {"IS0060"}
