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
}

# isthmus.app, and what the log says of it.
FAILING = {
    "nowhere:application": ["IS0052", "'nowhere'", "WEB-INF/app, "],
    "package.iner:application": ["IS0052", "did you mean 'package.inner'?"],
    "missing_inside:application": [
        "IS0053",
        "Importing 'missing_inside'",
        "line 3, in <module>",
    ]
    + ["ImportError: No module named nowhere_to_be_found", "WEB-INF/app, "],
    "broken:application": [
        "IS0053",
        "Importing 'broken'",
        'broken.py", line 1',
        "SyntaxError",
    ],
    "exits:application": ["IS0053", "Importing 'exits'", "SystemExit: 3"],
    "package.inner:aplication": ["IS0054", "'aplication'", "It has: application"],
    "making:raising()": [
        "IS0055",
        "'making:raising()'",
        "in raising",
        "ValueError: told to fail",
    ],
    "making:exiting()": ["IS0055", "'making:exiting()'", "SystemExit: enough"],
    "making:number": ["IS0056", "'making:number' is", "of type int"],
    "making:number()": ["IS0056", "'making:number()' is", "of type int"],
    "app/none.py:application": ["IS0057", "app/none.py", "making.py"],
    "making.create": ["IS0050", "'making.create'"],
    None: ["IS0051", "WEB-INF/app holds: ", "broken.py", "package"],
}

# Applications that are there, with events that nobody can be told of.
EVENTS = {
    "event in no module": ("making:create()", "exception: nowhere.events:failed"),
    "event of no callable": ("making:create()", "stopping: making:number"),
}
FAILING["event in no module"] = [
    "IS0100",
    "'nowhere.events:failed' for exception",
    "ImportError: No module named nowhere",
]
FAILING["event of no callable"] = ["IS0100", "'making:number' for stopping"]

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
        "WEB-INF/app/exits.py": "import sys\n\nsys.exit(3)\n",
        # An application's own modules win over those of its dependencies.
        "WEB-INF/lib-python/twice.py": _origin("lib-python/twice.py"),
        "WEB-INF/lib-python/some.pth": "# a comment\nelsewhere\nunpacked.egg\nnone\n",
        "WEB-INF/lib-python/spread-nspkg.pth": NAMESPACE_PTH,
    }
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


@pytest.mark.parametrize("app", FAILING)
def test_log_says_once_why_an_application_did_not_start(server, app):
    for _ in range(2):
        _ask(server, _path(app))
    code, *causes = FAILING[app]
    said = re.compile(r"\AIS0060: .*\n.*%s: .*%s" % (code, re.escape(causes[0])))
    found = [record for record in server.log.records() if said.search(record.text)]
    assert [record.level for record in found] == ["ERROR"]
    assert [cause for cause in causes if cause not in found[0].text] == []


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
