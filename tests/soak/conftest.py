"""Options of the soak: how long, and on what."""

import pytest

import databases
from containers import KINDS, jdks


def pytest_addoption(parser):
    group = parser.getgroup("isthmus", "how long to run the soak")
    group.addoption("--minutes", type=float, default=5.0, help="on each container")
    group.addoption("--times", type=int, default=100, help="redeployments of each")
    group.addoption("--reloads", type=int, default=200, help="on each container")
    group.addoption("--container", action="append", choices=list(KINDS), default=[])


def pytest_sessionfinish():
    databases.stop()


def pytest_generate_tests(metafunc):
    if "kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("container") or list(KINDS)
        metafunc.parametrize("kind", chosen)


@pytest.fixture
def minutes(request):
    return request.config.getoption("minutes")


@pytest.fixture
def times(request):
    return request.config.getoption("times")


@pytest.fixture
def reloads(request):
    return request.config.getoption("reloads")


@pytest.fixture
def jdk():
    return jdks.discover()[0]
