"""A visitor of one example: an HTTP client with cookies, and a browser."""

import pytest
import requests

import client
from browser import Site


class Visitor(requests.Session):
    """Requests for paths below the example's, with a cookie jar of its own."""

    def __init__(self, server, war):
        super().__init__()
        # Nothing of this machine: no proxy, no .netrc.
        self.trust_env = False
        self.address, self.path = server.address, war.path
        self.home = "http://%s:%d%s" % (*server.address, war.path)

    def request(self, method, path, **more):
        if path.startswith("/"):
            path = self.home + path
        return super().request(method, path, **{"timeout": 120, **more})

    def get_as_it_is(self, path):
        """GET this path without cookies: requests would resolve its dots first."""
        return client.fetch(self.address, "GET", self.path + path, timeout=120)


@pytest.fixture
def war(request):
    """The one example of the test's module; a module with several has its own of this."""
    (war,) = request.module.WARS
    return war


@pytest.fixture
def visitor(server, war):
    with Visitor(server, war) as visitor:
        yield visitor


@pytest.fixture
def site(browser, server, war):
    return Site(browser, server, war.path)
