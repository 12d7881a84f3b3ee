"""DevTools: a restart of the program leaves nothing of the old Python behind.

The programs of test_spring_boot, each with the other engine, and two data sources.
"""

import pytest

import restarting
import spring_boot

BOOTS = {3: "cpython", 4: "jython"}
RESTARTS = 2
SOURCE = (spring_boot.PROBES / "probe.py").read_text()


# On CPython, what a restart could leave are processes: test_worker_redeploy.
PARAMS = [pytest.param(3, marks=pytest.mark.matrix), 4]


@pytest.fixture(scope="module", params=PARAMS)
def program(request):
    started = restarting.Restarting(
        "restarting",
        spring_boot.build(request.param),
        "--isthmus.app=" + spring_boot.APP,
        "--isthmus.engine=" + BOOTS[request.param],
        "--isthmus.services=dataSource, archive",
        "--isthmus.workers=1",
        "--spring.profiles.active=pools,around",
        *restarting.DEVTOOLS,
    )
    assert started.port, started.text()
    started.engine = BOOTS[request.param]
    yield started
    assert started.stop() == 143, started.text()


def _probe(program, name):
    response = program.get("/greet/!" + name)
    assert response.status == 200, program.text()
    return response.json()


def test_user_and_roles_are_those_of_spring_security(program):
    assert _probe(program, "user") == ["ada", "ada", ["ADMIN"]]


def test_services_are_beans_by_name_and_the_primary_one(program):
    shop = ["jdbc:h2:mem:shop", "ada", "sesame"]
    assert _probe(program, "service?dataSource") == shop
    archive = ["jdbc:h2:mem:archive", "ada", "barley"]
    assert _probe(program, "service?archive") == archive
    # It is there, but isthmus.services does not name it.
    assert "IS0527" in _probe(program, "service?shop")


def test_databases_are_beans_by_name_and_the_primary_one(program):
    if program.engine == "cpython":
        assert program.get("/greet/!database?shop").status == 500
        assert "IS0520" in program.text()
        return
    assert _probe(program, "database?dataSource") == "SHOP"
    assert _probe(program, "database?archive") == "ARCHIVE"
    refusal = _probe(program, "database?arcive")
    assert "IS0521" in refusal
    assert "archive, dataSource, shop" in refusal


def test_restarts_leave_nothing_behind(program):
    edit, process = _probe(program, "edit")
    assert edit == 0
    for number in range(1, RESTARTS + 1):
        program.edit(SOURCE.replace("EDIT = 0", "EDIT = %d" % number))
        answer = _probe(program, "edit")
        assert answer[0] == number
        # On Jython, there is one process; on CPython, another one each time.
        assert (answer[1] == process) == (program.engine == "jython")
        process = answer[1]
        if number == 1:
            # DevTools itself keeps the loader that was first, and so does Jython, which
            # it does not restart.
            before = program.wait(lambda state: state.loaders["Deployment"] == 1)
            assert before.loaders["Deployment"] == 1, before
    after = program.wait(lambda state: state == before)
    assert after == before, program.text()
    # No bytecode beside the sources: DevTools would restart the program for that.
    assert [p.name for p in program.classes.rglob("probe*")] == ["probe.py"]
