"""Sessions that Spring Boot's Tomcat keeps in a file while the program is stopped."""

from contextlib import contextmanager

import pytest

import spring_boot
from visitor import Visitor
from where import CPYTHON, JYTHON

# The configuration that docs/sessions.md quotes.
CONFIGURATION = spring_boot.PROBES / "kept-sessions.yaml"


class _Greeter:
    """The program as a Visitor asks it."""

    def __init__(self, program):
        self._program = program

    def request(self, method, rest, headers, body):
        return self._program.get("/greet/" + rest, [*spring_boot.LOGIN, *headers])


@contextmanager
def _run(jar, engine):
    program = spring_boot.Program(
        "sessions",
        jar,
        "--isthmus.app=sessions:application",
        "--isthmus.engine=" + engine,
        "--isthmus.workers=1",
        "--spring.config.additional-location=file:%s" % CONFIGURATION,
    )
    try:
        assert program.port, program.text()
        yield _Greeter(program)
    finally:
        status = program.stop()
    # As an operator ends it: after kill -9, the sessions are lost.
    assert status == 143, program.text()


@pytest.mark.matrix
@pytest.mark.parametrize(
    "major, engine, other", [(3, JYTHON, CPYTHON), (4, CPYTHON, JYTHON)]
)
def test_sessions_are_there_after_the_program_has_started_again(major, engine, other):
    jar = spring_boot.build(major)
    spring_boot.empty(jar.with_name("sessions"))
    with _run(jar, engine) as greeter:
        values, counter = Visitor(greeter), Visitor(greeter)
        values.get("write")
        started = counter.get("count")
        assert started.json() == 1
        fields = started.header("Set-Cookie").lower().split("; ")
        assert {"httponly", "secure"} <= set(fields)
        assert counter.json("state")[2] == 20 * 60
    with _run(jar, engine) as greeter:
        assert Visitor(greeter).json("state")[0] is None
        values, counter = _back(greeter, values), _back(greeter, counter)
        assert values.json("read") == []
        assert counter.json("count") == 2
        rotated = counter.cookie
        counter.get("rotate")
        assert counter.cookie != rotated
    with _run(jar, other) as greeter:
        # What one engine has written, the other one reads.
        assert _back(greeter, counter).json("count") == 3
        counter.cookie = rotated
        # No session: the identifier from before the rotation is dead.
        assert _back(greeter, counter).json("state")[:2] == [None, True]


def _back(greeter, visitor):
    """The visitor of an earlier start, with its cookie."""
    found = Visitor(greeter)
    found.cookie = visitor.cookie
    return found
