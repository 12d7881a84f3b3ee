"""The same exchanges with every gateway on CPython: as expected, or as explained."""

import pytest

import asking
import explaining
import gateways
from exchanges import REQUESTS


@pytest.fixture(scope="module")
def gateway(request):
    """The name of a running gateway, and its address."""
    gateways.RUNS.mkdir(parents=True, exist_ok=True)
    with gateways.STARTED[request.param]() as address:
        yield request.param, address


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("gateway", gateways.STARTED, indirect=True)
def test_every_difference_is_explained_and_occurs(gateway, name):
    gateway, address = gateway
    app, text = REQUESTS[name]
    items, places = asking.ask(address, asking.Place(app), text)
    assert explaining.wrong(gateway, name, items, places) == []
