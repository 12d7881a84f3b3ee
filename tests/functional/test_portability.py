"""The exchanges of tests/portability with Isthmus: as expected, or as explained."""

import pytest

import asking
import explaining
import where
from exchanges import REQUESTS

ASKED = {app for app, _ in REQUESTS.values()}


@pytest.mark.parametrize("name", REQUESTS)
def test_every_difference_is_explained_and_occurs(mount, name):
    app, text = REQUESTS[name]
    mounted = mount(app)
    server = mounted.server
    items, places = asking.ask(server.address, mounted, text)
    gateway = "Isthmus on " + server.name
    if server.engine.name == where.CPYTHON:
        gateway += ", CPython"
    assert explaining.wrong(gateway, name, items, places) == []
