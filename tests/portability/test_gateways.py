"""The same exchanges with every gateway on CPython: as expected, or as explained."""

import warnings

import pytest

import asking
import explaining
import gateways
import versions
from exchanges import REQUESTS


@pytest.fixture(scope="module")
def gateway(request):
    """The name of a running gateway, and its address."""
    gateways.RUNS.mkdir(parents=True, exist_ok=True)
    with gateways.STARTED[request.param]() as address:
        yield request.param, address


@pytest.mark.filterwarnings("default::versions.Moved")
@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("gateway", gateways.STARTED, indirect=True)
def test_every_difference_is_explained_and_occurs(gateway, name):
    gateway, address = gateway
    app, text = REQUESTS[name]
    items, places = asking.ask(address, asking.Place(app), text)
    wrong = explaining.wrong(gateway, name, items, places)
    moved = versions.moved(gateway)
    if wrong and moved:
        assert "status" in items or "end" in items
        text = "%s on %s, %s: %s. Run scripts/portability."
        warnings.warn(
            versions.Moved(text % (gateway, moved, name, wrong)), stacklevel=1
        )
    else:
        assert wrong == []


@pytest.mark.parametrize(
    "version, expected",
    [("1:2.4.6-1~deb12u1", "2.4.6"), ("4.9.4-1+b2", "4.9.4"), ("2.0", "2.0")],
)
def test_version_is_that_of_the_program(version, expected):
    assert versions.upstream(version) == expected
