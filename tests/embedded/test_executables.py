"""A web application nested in an executable archive: every way to code and data.

One more layout of the table in test_layout_features, with programs for containers.
"""

import pytest

import executables
from layout_ways import MODIFIED, OF_FRAMEWORKS, WAYS

# Spring Boot 4 has the loader of 3.5, and its jar has Jython where Maven puts it: one
# kind of archive of each is in `mvn verify`.
MATRIX = pytest.mark.matrix
KINDS = [
    pytest.param(name, marks=MATRIX if name in ("spring-lib", "spring-4") else ())
    for name in executables.KINDS
]


@pytest.fixture(scope="module", params=KINDS)
def program(request):
    started = executables.Executable(request.param)
    if started.port:
        yield started
    assert (started.stop(), bool(started.port)) == (0, True), started.text()
    # It ended by undeploying its web application.
    assert list(started.temporary.rglob("isthmus-*")) == []


def _assert_leads_to_it(program, way):
    response = program.get("/" + way)
    assert (response.status, response.body.decode()) == (200, WAYS[way]), program.text()


@pytest.mark.parametrize("way", [way for way in WAYS if way not in OF_FRAMEWORKS])
def test_way_leads_to_it(program, way):
    _assert_leads_to_it(program, way)


# Seconds of CPU in each program; by then, the files of all lie outside of the archive.
@pytest.mark.parametrize(
    "program",
    [
        pytest.param(name, marks=() if name == "spring" else MATRIX)
        for name in executables.KINDS
    ],
    indirect=True,
)
@pytest.mark.parametrize("way", [way for way in WAYS if way in OF_FRAMEWORKS])
def test_way_of_a_framework_leads_to_it(program, way):
    _assert_leads_to_it(program, way)


@pytest.mark.parametrize("release", [pytest.param("3.5", marks=MATRIX), "4.1"])
def test_fat_jar_of_spring_boot(release):
    """Its Jython lies in a jar in a jar, and its Python beside its classes."""
    started = executables.FatJar(release)
    try:
        assert started.port, started.text()
        response = started.get("/registered/nested/servlet/x")
        answer = ["builder", "/registered/nested/servlet", "/x"]
        assert response.json() == answer, started.text()
        response = started.get("/registered/nested/servlet/x?socket")
        assert response.json() == "ping", started.text()
        assert "IS00" not in started.text()
    finally:
        status = started.stop()
    assert status == 0, started.text()
    assert list(started.temporary.rglob("isthmus-jython-*")) == []


def test_files_keep_their_times(program):
    assert int(program.get("/modified").body) == MODIFIED
