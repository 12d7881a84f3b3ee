"""A modjy web.xml, in several styles, with nothing changed but <servlet-class>."""

import os
import re
import time

import pytest

import client
from modjy_libraries import LIBRARIES, SITE
from wars import War
from webxml import LISTENER, Servlet, WebXml

COUNTERS = "shop.web.counters."
IN_PYAPPS = {"app_directory": "$/WEB-INF/pyapps", "app_filename": "site_file.py"}
RELOADED = "def handler(environ, start):\n    start('200 OK', [])\n    return ['%s']\n"
JAVAS = {
    "app_import_name": "shop.web.javas.application",
    "packages": "functional; java.util.zip",
    "extdirs": "$/WEB-INF/lib",
    "classdirs": "$/WEB-INF/classes",
}


def _imported(name, **params):
    return {"app_import_name": name, **params}


def _servlet(name, params, start=1):
    return Servlet(name, ["/%s/*" % name], params, load_on_startup=start)


WORKING = {
    "function": _imported(COUNTERS + "function"),
    "instance": _imported(COUNTERS + "Counter()"),
    "method": _imported(COUNTERS + "Counter().serve"),
    "fresh_instance": _imported(COUNTERS + "Counter()", cache_callables="0"),
    "fresh_method": _imported(COUNTERS + "Counter().serve", cache_callables="0"),
    "cached_instance": _imported(COUNTERS + "Counter()", cache_callables="1"),
    "cached_method": _imported(COUNTERS + "Counter().serve", cache_callables="1"),
    "file": {**IN_PYAPPS, "app_callable_name": "serve"},
    "fresh_file": {**IN_PYAPPS, "app_callable_name": "serve", "cache_callables": "0"},
    "reloaded": {
        "app_directory": "$/reloaded",
        "reload_on_mod": "1",
        "app_callable_name": "handler",
    },
    "root": {"app_callable_name": "handler"},
    "class_alone": _imported(COUNTERS + "Counter"),
    "environs": _imported("shop.web.environs.application", mine="Grüße"),
    "serial": _imported("shop.web.environs.application", multithread="0"),
    "libraries": _imported("shop.web.libraries.application"),
    "javas": JAVAS,
}
# Starts when the one Python of the web application runs already.
LATE = {"app_import_name": COUNTERS + "function", "load_site_packages": "0"}
BLANK = dict.fromkeys(("app_directory", "app_callable_name", "app_import_name"), "")
# Started by their first request: a container may take the whole WAR down otherwise.
BROKEN = {
    "blank": {**BLANK, "app_filename": "nowhere.py"},
    "no_module": _imported("shop.web.nowhere.Counter()"),
    "bad_method": _imported(COUNTERS + "Counter().serve.more"),
    "never_existed": _imported("never.existed"),
    "query": _imported(COUNTERS + "function", callable_query_name="app"),
    "not_a_number": _imported(COUNTERS + "function", multithread="yes"),
}
REASONS = {
    "blank": "IS0057: .*nowhere.py",
    "no_module": "IS0052: .*shop.web.nowhere",
    "bad_method": "IS0054: .*serve.more",
    "never_existed": "IS0052: .*'never'",
    "query": "IS0003: .*callable_query_name.*'app'",
    "not_a_number": "IS0002: .*multithread.*init-param.*'yes'",
}

WARS = [
    War(
        "/modjy",
        WebXml(
            servlets=[
                *[_servlet(name, params) for name, params in WORKING.items()],
                _servlet("late", LATE, 2),
                *[_servlet(name, params, None) for name, params in BROKEN.items()],
            ],
            context_params={
                "load_site_packages": "1",
                "initial_env": "\n  ADDED :\tby initial_env\n  GREETING: Grüße\n",
                "log_level": "debug",
                "theirs": "3",
            },
        ),
        files={
            **LIBRARIES,
            "WEB-INF/pyapps": SITE / "pyapps",
            "application.py": SITE / "application.py",
            "reloaded/application.py": RELOADED % "first",
        },
        edited={"reloaded/application.py"},
        java=["functional/PlainServlet.java"],
    ),
    # Nothing names an application: it is application.py in the context root.
    War(
        "/modjy-default",
        WebXml(servlets=[Servlet("app", ["/*"], {"initial_env": "A: 1\n  B: 2"})]),
        files={"application.py": SITE / "application.py"},
        probe="/",
    ),
    # Most in context-params, packed, which modjy could not do, and with a listener.
    War(
        "/modjy-packed",
        WebXml(
            servlets=[
                _servlet("one", {}),
                _servlet("two", {"app_callable_name": "two"}),
            ],
            listeners=[LISTENER],
            context_params={
                "app_directory": "$/WEB-INF/pyapps",
                "app_filename": "packed.py",
                "app_callable_name": "one",
                "load_site_packages": "0",
                "multithread": "0",
                "python.options.includeJavaStackInExceptions": "false",
            },
        ),
        files={
            "WEB-INF/pyapps/packed.py": """
import sys
from org.python.core import PySystemState

PROPERTY = "python.options.includeJavaStackInExceptions"

def one(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    stack = PySystemState.registry.getProperty(PROPERTY)
    text = (environ["wsgi.multithread"], stack, "site" in sys.modules)
    return [str("one %s %s %s" % text)]

def two(environ, start_response):
    return ["two " + one(environ, start_response)[0]]
"""
        },
        layout="packed",
    ),
]


@pytest.fixture
def get(server):
    """get("name") is the response of the servlet of this name in the WAR /modjy."""

    def answered(name, war="/modjy", rest="/"):
        target = "%s/%s%s" % (war, name, rest)
        return client.fetch(server.address, "GET", target)

    return answered


def _text(response):
    assert (response.status, response.complete) == (200, True)
    return response.body.decode()


def _counts(get, name):
    """The answers to two requests, as the first word and the increase between them."""
    (how, first), (same, second) = (_text(get(name)).split() for _ in range(2))
    assert how == same
    return how, int(second) - int(first)


@pytest.mark.parametrize("name", ["function", "instance", "cached_instance"])
def test_import_name_is_imported_and_lives_on(get, name):
    assert _counts(get, name) == ("called", 1)


@pytest.mark.parametrize("name", ["method", "cached_method"])
def test_method_of_an_instance_lives_on(get, name):
    assert _counts(get, name) == ("served", 1)


@pytest.mark.parametrize(
    ("name", "answer"), [("fresh_instance", "called 1"), ("fresh_method", "served 1")]
)
def test_each_request_gets_an_instance_without_cache_callables(get, name, answer):
    assert [_text(get(name)) for _ in range(2)] == [answer, answer]


def test_servlets_with_the_same_class_have_their_own_instances(get):
    before = _text(get("instance"))
    _text(get("cached_instance"))
    after = _text(get("instance"))
    assert int(after.split()[1]) == int(before.split()[1]) + 1


def test_file_below_a_dollar_directory_is_a_proper_module(get):
    name, beside, pickled, _ = _text(get("file")).split()
    assert (name, beside, pickled) == ("site_file", "beside", "True")


def test_file_is_run_once(get):
    first, second = (int(_text(get("file")).split()[-1]) for _ in range(2))
    assert second == first + 1


def test_file_is_run_for_each_request_without_cache_callables(get):
    counts = [_text(get("fresh_file")).split()[-1] for _ in range(2)]
    assert counts == ["1", "1"]


def test_file_is_reloaded_when_it_changes(server, get):
    assert _text(get("reloaded")) == "first"
    file = server.base / "webapps" / "modjy" / "reloaded" / "application.py"
    file.write_text(RELOADED % "second")
    os.utime(file, (time.time() + 10, time.time() + 10))
    assert _text(get("reloaded")) == "second"


def test_default_file_in_the_root_is_served(get):
    assert _text(get("root")) == "application GET"


def test_web_xml_that_names_no_application_serves_the_default_file(get):
    assert _text(get("", "/modjy-default", "")) == "application GET"


def test_packed_web_application_works_with_context_params(get):
    assert _text(get("one", "/modjy-packed")) == "one False false False"
    assert _text(get("two", "/modjy-packed")) == "two one False false False"


def test_listener_and_servlet_have_one_application(server, get):
    get("two", "/modjy-packed")
    pattern = r"(Application '[^']*') of /modjy-packed started"
    started = re.findall(pattern, server.log.text())
    assert len(started) == len(set(started)) == 2


def test_class_that_is_not_instantiated_fails_its_request(server, get):
    # It is called with environ and start_response, as a class may be (PEP 3333).
    mark = server.log.mark()
    assert get("class_alone").status == 500
    server.log.wait_for(r"IS0036: [\s\S]*TypeError: ", mark)


# environ


@pytest.fixture
def environs(get):
    return get("environs", rest="/below?q=1").json()


def test_environ_has_the_servlet_objects(environs):
    assert environs["request"] == "/modjy/environs/below"
    assert environs["same_request"]
    assert environs["response"] is False
    assert environs["servlet"] == "environs"
    assert environs["config"] == "Grüße"
    assert environs["context"] == "/modjy"


def test_environ_has_modjys_parameters_with_their_types(environs):
    shown = environs["modjy"]
    assert shown["modjy.param.multithread"] == 1
    assert shown["modjy.param.cache_callables"] == 1
    assert shown["modjy.param.reload_on_mod"] == 0
    assert shown["modjy.param.app_import_name"] == "shop.web.environs.application"
    assert shown["modjy.param.app_filename"] == "application.py"
    assert shown["modjy.param.packages"] is None
    assert environs["version"] == "(0, 25, 3)"


def test_environ_has_the_deployers_own_parameters(environs):
    assert environs["modjy"]["modjy.param.theirs"] == "3"
    assert environs["modjy"]["modjy.param.mine"] == "Grüße"


def test_initial_env_is_in_environ(environs):
    assert environs["added"] == ["by initial_env", "Grüße"]


def test_multithread_is_what_environ_says(get):
    assert get("environs").json()["multithread"] is True
    assert get("serial").json()["multithread"] is False


def test_without_modjys_names_environ_has_nothing_of_modjy(mount):
    seen = mount("environ").get().json()
    names = [*seen["strings"], *seen["others"]]
    assert [n for n in names if n.startswith(("modjy.", "j2ee."))] == []


# Python's libraries


def test_library_of_each_kind_is_found(get):
    assert _text(get("libraries")) == "package pth zip executed"


def test_context_root_is_on_the_path(environs):
    assert [entry for entry in environs["path"] if entry.endswith("/modjy")] != []


def test_packages_are_known_to_jython(get):
    assert _text(get("javas")) == "PlainServlet"


@pytest.mark.parametrize(
    ("war", "expected"), [("/modjy", True), ("/modjy-packed", False)]
)
def test_site_packages_are_loaded_as_asked(get, war, expected):
    if expected:
        assert get("environs").json()["site"] is True
    else:
        assert _text(get("one", war)).split()[-1] == "False"


# The log, and what is refused


@pytest.mark.parametrize("name", BROKEN)
def test_broken_servlet_fails_with_its_reason(server, get, name):
    mark = server.log.mark()
    assert get(name).status >= 500
    server.log.wait_for(REASONS[name], mark)


@pytest.mark.parametrize(
    ("parameter", "value", "advice"),
    [
        (
            "app_import_name",
            "shop.web.counters.Counter().serve",
            "isthmus.app = 'shop.web.counters:Counter().serve'",
        ),
        ("packages", "functional; java.util.zip", "sys.add_package"),
        ("initial_env", "A: 1\\x0a  B: 2", "isthmus.environ.add"),
        ("load_site_packages", "1", "isthmus.python.site = 'true'"),
        ("load_site_packages", "0", "isthmus.python.site = 'false'"),
        ("log_level", "debug", "org.isthmus"),
        ("app_filename", "packed.py", "isthmus.app = 'pyapps/packed.py:"),
        (
            "app_filename",
            "application.py",
            "isthmus.app = 'app/application.py:handler'",
        ),
    ],
)
def test_parameter_gets_a_line_of_advice(server, parameter, value, advice):
    about = "IS0004: .*%s .*'%s'" % (parameter, re.escape(value))
    lines = [r for r in server.log.records() if re.search(about, r.text)]
    assert lines != []
    assert {line.level for line in lines} == {"INFO"}
    assert [line for line in lines if advice not in line.text] == []


def test_context_param_gets_its_advice_once(server):
    about = "IS0004: .*log_level .*'debug'"
    assert len(re.findall(about, server.log.text())) == 1


def test_setting_of_the_one_python_that_comes_too_late_is_warned_of(server, get):
    assert _text(get("late")).startswith("called ")
    records = server.log.wait_for_records(lambda r: "IS0009" in r.text)
    assert [(r.level, "isthmus.python.site" in r.text) for r in records] == [
        ("WARNING", True)
    ]


def test_source_that_a_browser_can_have_is_warned_of(server, get):
    # The container's default servlet has it: the warning is no false alarm.
    assert get("application.py", rest="").body.startswith(b'"""modjy')
    # The servlet mapped to /reloaded/* has the other one.
    assert get("reloaded/application.py", rest="").body == get("reloaded").body
    records = server.log.wait_for_records(lambda r: "IS0005" in r.text)
    assert {record.level for record in records} == {"WARNING"}
    sources = [re.search(r"source '(.*?)'", r.text).group(1) for r in records]
    assert sources == ["/application.py"]


def test_source_that_no_browser_can_have_is_not_served(get):
    assert _text(get("application.py", "/modjy-default", "")) == "application GET"
