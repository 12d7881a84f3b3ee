"""The starter: the example of Spring Boot 3 and 4, as one jar, on both engines."""

import json
import signal
import subprocess
import time

import pytest

import maven_projects
import spring_boot
from containers import jdks

# Spring Boot, and the engine; its fat jars are the same for both.
BOOTS = {3: "jython", 4: "cpython"}
READINESS = [
    "--management.endpoint.health.probes.enabled=true",
    "--management.endpoint.health.group.readiness.include=readinessState, isthmus",
]
ENDED = "Web application / has ended"


@pytest.fixture(scope="module", params=BOOTS)
def program(request):
    jar = spring_boot.build(request.param)
    engine = "--isthmus.engine=" + BOOTS[request.param]
    started = spring_boot.Program(
        "greeter",
        jar,
        engine,
        "--isthmus.app=" + spring_boot.APP,
        "--isthmus.services=dataSource",
        "--isthmus.workers=1",
        "--spring.profiles.active=around",
        "--spring.datasource.url=jdbc:h2:mem:greeter",
        "--spring.datasource.password=sesame",
        "--isthmus.environ.add.greeter.greeting=Good evening",
        "--isthmus.slowe=3",
        *READINESS,
    )
    assert started.port, started.text()
    started.engine = BOOTS[request.param]
    yield started
    # Nothing that is logged at the end is lost.
    assert started.stop() == 128 + signal.SIGTERM, started.text()
    assert started.text().count(ENDED) == 1, started.text()
    assert list(started.temporary.rglob("isthmus-*")) == []


def _body(program, path):
    response = program.get(path)
    assert response.status == 200, program.text()
    return response.body.decode()


def _probe(program, name):
    return json.loads(_body(program, "/greet/!" + name))


def test_python_answers_with_a_template_beside_it(program):
    assert "<p>Good evening, Ada!</p>" in _body(program, "/greet/Ada")


def test_modules_of_the_program_come_before_those_of_python(program):
    assert _probe(program, "first") is True


def test_user_of_spring_security_is_the_remote_user(program):
    assert program.get("/greet/", headers=()).status == 401
    assert "<p>Good evening, ada!</p>" in _body(program, "/greet/")


def test_roles_of_spring_security_are_those_of_the_user(program):
    assert _probe(program, "user") == ["ada", "ada", ["ADMIN"]]


def test_session_is_the_programs(program):
    first = program.get("/greet/!session")
    cookie = first.header("Set-Cookie")
    headers = [*spring_boot.LOGIN, ("Cookie", cookie.split(";")[0])]
    visits = [first.json(), program.get("/greet/!session", headers).json()]
    assert visits == [1, 2], program.text()


def test_service_is_the_data_source_that_spring_boot_makes(program):
    expected = ["jdbc:h2:mem:greeter", "sa", "sesame"]
    assert _probe(program, "service?dataSource") == expected
    # The log has no password.
    assert "sesame" not in program.text()


def test_database_is_the_data_source_that_spring_boot_makes(program):
    if program.engine == "jython":
        assert _probe(program, "database?dataSource") == "GREETER"
    else:
        assert program.get("/greet/!database?dataSource").status == 500
        assert "IS0520" in program.text()


def test_controller_of_the_program_answers_other_paths(program):
    assert _body(program, "/") == "Python is at /greet/"


def test_python_forwards_to_a_controller(program):
    assert _body(program, "/greet/!forward") == "Python is at /greet/"


def test_python_is_a_filter_around_a_controller(program):
    assert program.get("/").header("X-Seen-By") == "ada"
    assert program.get("/greet/Ada").header("X-Seen-By") is None


def test_python_is_a_filter_around_a_forward(program):
    response = program.get("/?welcome")
    assert (response.status, response.body) == (200, b"welcome")
    assert response.header("X-Seen-By") == "ada"


def test_task_runs_after_the_response(program):
    end = time.monotonic() + spring_boot.LIMIT
    while "shop" not in _probe(program, "submit?shop"):
        assert time.monotonic() < end, program.text()


def test_health_has_the_application(program):
    health = program.get("/actuator/health").json()
    assert health["components"]["isthmus"] == {
        "status": "UP",
        "details": {spring_boot.APP: "READY", "around:application": "READY"},
    }


def test_readiness_has_it_where_the_group_names_it(program):
    readiness = program.get("/actuator/health/readiness").json()
    assert set(readiness["components"]) == {"isthmus", "readinessState"}


def test_status_servlet_is_mapped(program):
    assert _body(program, "/isthmus/ready") == "ready\n"


def test_meters_count_requests(program):
    _body(program, "/greet/")
    meter = program.get("/actuator/metrics/isthmus.requests?tag=status:2xx").json()
    assert meter["measurements"][0]["value"] >= 1


def test_unknown_property_is_named(program):
    (line,) = [line for line in program.text().splitlines() if "IS0540" in line]
    assert "isthmus.slowe" in line
    assert "'isthmus.slow'" in line
    # Of Spring's own sources alone; and the starter's property is known.
    assert "isthmus.spring.path" not in line


def test_failed_start_names_what_failed_and_ends_the_program():
    app = "--isthmus.app=greeter.wbe:application"
    started = spring_boot.Program("failing", spring_boot.build(3), app)
    try:
        assert started.port is None
    finally:
        assert started.stop() == 1, started.text()
    text = started.text()
    assert "IS0052" in text
    assert "did you mean 'greeter.web'" in text
    # Spring Boot's analysis says why, and there is no stack trace of its own.
    _, _, analysis = text.partition("APPLICATION FAILED TO START")
    assert "did you mean 'greeter.web'" in analysis
    assert "TomcatWebServer.start" not in text


def test_jar_explains_a_code():
    command = [jdks.discover()[0].tool("java"), "-Dloader.main=org.isthmus.Explain"]
    command += ["-cp", str(spring_boot.build(3))]
    command += ["org.springframework.boot.loader.launch.PropertiesLauncher", "IS0052"]
    entry = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert entry.startswith("## IS0052\n"), entry


def test_starter_and_example_name_the_version_of_this_build():
    for name in ("src/starter/pom.xml", "examples/spring-boot/pom.xml"):
        pom = maven_projects.pom(maven_projects.ROOT / name)
        named = [e.text for e in pom.iter(maven_projects.POM + "version")]
        assert maven_projects.version() in named, name
