"""Registration in code, without web.xml: embedded Tomcat and Jetty, and Spring Boot.

Jython and the application come from the program's own class path.
"""

import re
import signal

import pytest

import programs
import shaded

NESTED = "/registered/nested"
# These end with their input, and could not if a thread of Python were left; the
# others by SIGTERM.
BY_INPUT = ("tomcat9", "jetty-ee8", "spring")


def _in_matrix(name):
    return pytest.param(name, marks=pytest.mark.matrix)


# One of each container and of Spring Boot; the other namespace and release differ in
# the jar, which other tests have. They are below, too: in programs that fail, in one
# jar, and with meters.
VERIFIED = ("tomcat9", "jetty-ee10", "spring-4")
PARAMS = [n if n in VERIFIED else _in_matrix(n) for n in programs.KINDS]


@pytest.fixture(scope="module", params=PARAMS)
def program(request):
    started = programs.Program(request.param)
    assert started.port, started.text()
    yield started
    # The container may end in one hook of the JVM's, java.util.logging in another: what
    # is logged then is seen all the same.
    by = None if request.param in BY_INPUT else signal.SIGTERM
    assert started.stop(by) == (128 + by if by else 0), started.text()
    assert started.text().count("stopping greeting:application") == 1
    for path in (NESTED,) if request.param.startswith("spring") else ("/", NESTED):
        ended = "Web application %s has ended" % path
        assert started.text().count(ended) == 1, started.text()


def _greeting(program, path):
    response = program.get(path)
    assert response.status == 200, program.text()
    return response.json()


def test_servlet_of_a_builder_is_registered_by_the_context(program):
    greeting = _greeting(program, NESTED + "/servlet/x%20y")
    assert greeting == ["builder", NESTED + "/servlet", "/x y"]


def test_servlet_has_all_its_mappings(program):
    assert _greeting(program, NESTED + "/also") == ["builder", NESTED + "/also", ""]


def test_database_is_a_data_source_of_the_program(program):
    if program.name.startswith("spring"):
        # Nothing has provided one, and there is no JNDI.
        assert program.get(NESTED + "/servlet/x?database").status == 500
        assert re.search("IS0521: .*'jdbc/shop'", program.text())
    else:
        assert _greeting(program, NESTED + "/servlet/x?database") == "SHOP"


def test_servlet_class_is_registered_with_parameters(program):
    assert _greeting(program, NESTED + "/class/x") == [None, NESTED + "/class", "/x"]


def test_filter_is_registered_by_the_context(program):
    assert _greeting(program, NESTED + "/filtered/x") == [None, NESTED, "/filtered/x"]


@pytest.mark.parametrize("path", ["/", "/x", "/x/y.html", "/x;y=1"])
def test_servlet_for_all_paths_of_the_root_context(program, path):
    if program.name.startswith("spring"):
        # Spring's program has one context, which is not the root.
        assert program.get(path).status == 404
    else:
        assert _greeting(program, path) == [None, "", path]


# East of where Jython's jar was made, by whose entries' local times its sources seem to
# be older than what was compiled from them.
EAST = "-Duser.timezone=Pacific/Kiritimati"


def test_micrometer_has_the_requests_of_each_application():
    started = programs.Program("spring")
    try:
        for _ in range(3):
            _greeting(started, NESTED + "/servlet/x")
        _greeting(started, NESTED + "/class/x")
        meters = started.get(NESTED + "/meters").body.decode()
    finally:
        # No thread of Python's keeps the program alive.
        assert started.stop() == 0, started.text()
    found = dict(line.rsplit(" ", 1) for line in meters.splitlines())

    def value(meter, app, tag):
        tags = (app, "context=" + NESTED, tag)
        return float(found[meter + " [tag(app=greeting:%s), tag(%s), tag(%s)]" % tags])

    # The filter's comes first; the servlet's has other settings, so it is another one.
    assert value("isthmus.requests", "application", "status=2xx") == 0
    assert value("isthmus.requests", "application (2)", "status=2xx") == 3
    # That of a factory came with its first request.
    assert value("isthmus.requests", "create()", "status=2xx") == 1
    bucket = "isthmus.request.duration.histogram"
    assert value(bucket, "application (2)", "le=10") == 3
    assert value("isthmus.spent.seconds", "application (2)", "in=python") > 0


def test_application_comes_from_the_path_that_a_property_names():
    path = "-Disthmus.python.path=%s" % programs.HERE
    started = programs.Program("jetty-ee10", [path, EAST], classes=False)
    try:
        assert _greeting(started, "/x") == [None, "", "/x"]
        # One start for both: no module was compiled, wherever on earth this is.
        assert _greeting(started, "/x?sources") == []
    finally:
        assert started.stop() == 0, started.text()


def test_program_is_told_why_the_application_did_not_start():
    options = ["-Disthmus.multithread=perhaps"]
    started = programs.Program("spring", options)
    assert started.port is None
    assert started.stop() == 1
    assert re.search(r"IS0002: .*isthmus\.multithread", started.text())


def test_servlets_and_filters_of_a_context_share_one_python(program):
    paths = ("/servlet/x", "/class/x", "/filtered/x")
    pythons = {_greeting(program, NESTED + path + "?python") for path in paths}
    assert len(pythons) == 1


@pytest.mark.parametrize("name", [_in_matrix("jetty-ee8"), "jetty-ee10"])
def test_start_fails_with_the_code_of_what_is_missing(name):
    started = programs.Program(name, classes=False)
    assert started.port is None
    assert started.stop() == 1
    assert 'in thread "main" org.isthmus.deploy.StartFailure: IS0065' in started.text()
    assert "because of IS0052" in started.text()
    assert "src/main/resources" in started.text()


@pytest.mark.parametrize("name", [_in_matrix("tomcat9"), "tomcat11"])
def test_tomcat_starts_without_the_context_whose_filter_failed(name):
    # Tomcat's own rule: a program that minds asks for the state of the context.
    started = programs.Program(name, classes=False)
    assert started.port, started.text()
    assert started.stop() == 0, started.text()
    assert re.search(r"IS00\d\d: .*%s .*IS0052" % NESTED, started.text())
    assert "Context [%s] startup failed" % NESTED in started.text()


# test_class_path has one jar on each, too, and asks the same of Jython on Jetty.
@pytest.mark.matrix
@pytest.mark.parametrize("name", ["tomcat11", "jetty-ee10"])
def test_program_may_be_one_shaded_jar(name):
    started = shaded.Shaded(name)
    try:
        assert started.port, started.text()
        greeting = _greeting(started, NESTED + "/servlet/x")
        assert greeting == ["builder", NESTED + "/servlet", "/x"]
        # Netty's classes too, and whatever services these need.
        assert _greeting(started, NESTED + "/servlet/x?socket") == "ping"
    finally:
        assert started.stop() == 0, started.text()
