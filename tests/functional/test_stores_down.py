"""A store of sessions that is down: what clients get meanwhile, and when it is back.

For scripts/matrix. `stopped` is a store that refuses connections, `frozen` one that
does not answer. A request that hung would exceed the time limit of the client.
"""

import time

import pytest

import client
import databases
import stores
from clusters import LIMIT, PATHS, Shopper

pytestmark = pytest.mark.matrix
NAMES = ["tomcat-postgresql", "jetty-postgresql", "tomcat-redis", "jetty-redis"]
WAYS = {"stopped": databases.stopped, "frozen": databases.frozen}


@pytest.fixture(scope="module", params=NAMES)
def store(request):
    with stores.started(request.param, request.config.jdks, "down", 1) as store:
        yield store


@pytest.mark.parametrize("how", WAYS)
def test_store_is_down_and_comes_back(store, how):
    (node,) = store.nodes
    database = store.name.partition("-")[2]
    shoppers = [Shopper(path, node.address) for path in PATHS]
    for shopper in shoppers:
        _begin(shopper)
    mark = node.log.mark()
    with WAYS[how](database):
        for shopper in shoppers:
            _assert_needless_works(shopper)
            if database == "redis":
                _assert_redis_is_missed(shopper)
            else:
                _assert_postgresql_is_not_missed(shopper)
    logged = "IS0506: .*Redis" if database == "redis" else "PSQLException|HikariPool"
    node.log.wait_for(logged, mark)
    # This Redis keeps nothing on a disk.
    kept = [] if (database, how) == ("redis", "stopped") else [1]
    for shopper in shoppers:
        _wait_for(shopper, kept)
        _begin(Shopper(shopper.path, node.address))


def _begin(shopper):
    """Write into a new session: a connection that Redis has closed fails once."""
    deadline = time.monotonic() + LIMIT
    while _ask(shopper, "POST", "add?1,1", has_cookie=False).status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    shopper.add()
    assert shopper.read() == [1]


def _ask(shopper, method, way, has_cookie=True):
    fields = [("Cookie", shopper.cookie)] if has_cookie else []
    body = b"" if method == "POST" else None
    target = shopper.path + "/app/" + way
    response = client.fetch(shopper.address, method, target, fields, body)
    assert response.complete
    assert b"\tat " not in response.body
    return response


def _assert_needless_works(shopper):
    assert _ask(shopper, "GET", "unused").status == 200
    for way in ("unused", "read"):
        assert _ask(shopper, "GET", way, has_cookie=False).status == 200


def _assert_redis_is_missed(shopper):
    """Each request that needs the session is a 500, also of a client without one."""
    for method, way in (("GET", "read"), ("POST", "add?2,1")):
        response = _ask(shopper, method, way)
        assert (response.status, response.all("Set-Cookie")) == (500, [])
    for way in ("add?1,1", "enter?1,1"):
        assert _ask(shopper, "POST", way, has_cookie=False).status == 500


def _assert_postgresql_is_not_missed(shopper):
    """docs/cluster.md: the containers hide it, and begin sessions that they lose."""
    assert _ask(shopper, "GET", "read").json() == []
    response = _ask(shopper, "POST", "add?2,1")
    assert (response.status, response.json()) == (200, 1)
    (cookie,) = response.all("Set-Cookie")
    assert cookie.partition(";")[0] != shopper.cookie


def _wait_for(shopper, items):
    deadline = time.monotonic() + LIMIT
    while True:
        response = _ask(shopper, "GET", "read")
        if response.status == 200 and response.json() == items:
            return
        assert time.monotonic() < deadline, response
        time.sleep(0.1)
