"""The example web application in the browser."""

import pytest

from browser import Site
from example_war import PATH


@pytest.fixture
def site(browser, server):
    """The example on this server; what uses it leaves no error in the console."""
    yield Site(browser, server, PATH)
    # Pages name their icon; for plain text the browser asks the server's root for one.
    assert [e for e in browser.errors() if "/favicon.ico " not in e] == []
