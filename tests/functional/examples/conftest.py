"""A visitor of one example: an HTTP client with cookies, and a browser."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

import client
from browser import Site
from first_start import FirstStart


class Visitor(requests.Session):
    """Requests for paths below the example's, with a cookie jar of its own."""

    def __init__(self, server, war):
        super().__init__()
        # Nothing of this machine: no proxy, no .netrc.
        self.trust_env = False
        self.server, self.path = server, war.path
        self.home = "http://%s:%d%s" % (*server.address, war.path)

    def request(self, method, path, **more):
        if path.startswith("/"):
            path = self.home + path
        return super().request(method, path, **{"timeout": 120, **more})

    def get_as_it_is(self, path):
        """GET this path without cookies: requests would resolve its dots first."""
        return client.fetch(self.server.address, "GET", self.path + path, timeout=120)

    def climb(self, directory, file):
        """The statuses of ways out of a directory: with dots, and with a slash encoded.

        The second connector lets both through, so that it is the application's affair.
        """
        ways = [self.path + directory + way + file for way in ("/%2e%2e/", "/..%2f")]
        address = self.server.tuned_address
        return {client.fetch(address, "GET", way, timeout=120).status for way in ways}


@pytest.fixture
def war(request):
    """The one example of the module; one with several has a fixture of its own."""
    (war,) = request.module.WARS
    return war


@pytest.fixture(autouse=True)
def made(request):
    """Fail the tests of a web application that could not be made, and no others."""
    if "server" in request.fixturenames:
        request.getfixturevalue("server")
        wars = request.module.WARS
        if "war" in request.fixturenames:
            wars = [request.getfixturevalue("war")]
        for war in wars:
            assert war.failure is None, war.failure


@pytest.fixture
def visitor(server, war):
    with Visitor(server, war) as visitor:
        yield visitor


@pytest.fixture
def crowd(server, war):
    """crowd(visit) has visit(visitor, number) done by eight visitors at a time."""

    def come(number, visit):
        with Visitor(server, war) as visitor:
            visit(visitor, number)

    def crowd(visit):
        with ThreadPoolExecutor(8) as pool:
            for visited in [pool.submit(come, number, visit) for number in range(24)]:
                visited.result()

    return crowd


@pytest.fixture
def site(browser, server, war):
    return Site(browser, server, war.path)


@pytest.fixture
def first_start(server, war, tmp_path):
    """First starts of the example, without the server's data."""
    starts = FirstStart(server.directory(war) / "WEB-INF", tmp_path)
    yield starts
    starts.close()
