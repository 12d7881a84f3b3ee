"""nginx and Apache httpd in front of two containers that have sessions in common.

For scripts/matrix; each build has test_cluster.py.
"""

import contextlib

import pytest

import fronts
import stores
from clusters import PATHS, Load, Shopper

pytestmark = pytest.mark.matrix
MODULES = [
    *("proxy", "proxy_http", "proxy_balancer", "slotmem_shm", "lbmethod_byrequests")
]


# Whether the front is sticky, where it must be or must not.
ONLY = dict.fromkeys(["delta-any", "tomcat-redis", "jetty-redis"], "any")
ONLY["delta"] = "sticky"


@pytest.fixture(scope="module", params=stores.STORES)
def store(request):
    with stores.started(request.param, request.config.jdks, "fronts") as store:
        yield store


@pytest.fixture
def names(store):
    """The fronts before this store."""
    return [name for name in FRONTS if ONLY.get(store.name, "") in name]


def _text(name, nodes):
    """A file of cluster/, with the nodes of this test."""
    text = (stores.FILES / (name + ".conf")).read_text("utf-8")
    for number, node in enumerate(nodes, 1):
        text = text.replace("node%d.example:8080" % number, "%s:%d" % node.address)
    # The rest of the configuration has places of its own in braces.
    return text.replace("{", "{{").replace("}", "}}")


def _nginx(name, nodes, path):
    node = "$node" if name == "nginx-sticky" else "any"
    text = "location / {{ proxy_pass http://%s; }}" % node
    return fronts.nginx(_base(name, nodes, path), text, _text(name, nodes))


def _apache(name, nodes, path):
    return fronts.apache(_base(name, nodes, path), MODULES, _text(name, nodes))


def _base(name, nodes, path):
    # Of each front alone: Apache reads its configuration twice.
    return nodes[0].base / (name + path.replace("/", "-"))


FRONTS = {
    "nginx-sticky": _nginx,
    "nginx-any": _nginx,
    "apache-sticky": _apache,
    "apache-any": _apache,
}


def test_session_goes_on_wherever_the_front_sends_it(store, names):
    for name in names:
        for path in PATHS:
            with FRONTS[name](name, store.nodes, path) as address:
                _assert_goes_on(Shopper(path, address), "sticky" in name)


def _assert_goes_on(shopper, is_sticky):
    answered = []
    for _ in range(8):
        shopper.add()
        answered.append(shopper.node)
    assert shopper.read() == list(range(1, 9))
    assert set(answered) == ({answered[0]} if is_sticky else {"node1", "node2"})


def test_no_acknowledged_write_is_lost_behind_a_front(store, names):
    first = store.nodes[0]
    with contextlib.ExitStack() as stack:
        shoppers = [
            Shopper(path, stack.enter_context(FRONTS[name](name, store.nodes, path)))
            for name in names
            for path in PATHS
        ]
        with Load(shoppers) as load:
            load.wait_for_more(5)
            first.kill()
            load.wait_for_more(5)
        for shopper in shoppers:
            shopper.assert_kept()
    # A node that starts again has all sessions before it takes requests.
    first.start_again()
    for shopper in shoppers:
        shopper.address = first.address
        shopper.assert_kept()
