"""One Chromium for all tests of the example, and a clean slate in it for each."""

import pytest

from browser import Browser, Site
from example_war import PATH


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium):
    chromium.forget()
    return chromium


@pytest.fixture
def site(browser, server):
    """The example on this server; what uses it leaves no error in the console."""
    yield Site(browser, server, PATH)
    # Pages name their icon; for plain text the browser asks the server's root for one.
    assert [e for e in browser.errors() if "/favicon.ico " not in e] == []
