"""The exchanges of tests/portability with Isthmus: as expected, or as explained."""

import pytest

import asking
import explaining
from exchanges import REQUESTS


@pytest.mark.parametrize("name", REQUESTS)
def test_every_difference_is_explained_and_occurs(mount, name):
    app, text = REQUESTS[name]
    mounted = mount(app)
    items, places = asking.ask(mounted.server.address, mounted, text)
    gateway = "Isthmus on " + mounted.server.name
    assert explaining.wrong(gateway, name, items, places) == []
