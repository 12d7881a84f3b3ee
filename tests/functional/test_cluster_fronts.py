"""nginx and Apache httpd in front of two Tomcats with DeltaManager, sticky and not.

For scripts/matrix; each build has test_cluster.py.
"""

import contextlib

import pytest

import clusters
import fronts
from clusters import Load, Shopper

pytestmark = pytest.mark.matrix
MODULES = [
    *("proxy", "proxy_http", "proxy_balancer", "slotmem_shm", "lbmethod_byrequests")
]


@pytest.fixture(scope="module")
def nodes(request):
    with clusters.tomcats(request.config.jdks, "fronts") as nodes:
        yield nodes


def _text(name, nodes):
    """A file of cluster/, with the nodes of this test."""
    text = (clusters.FILES / (name + ".conf")).read_text("utf-8")
    for number, node in enumerate(nodes, 1):
        text = text.replace("node%d.example:8080" % number, "%s:%d" % node.address)
    # The rest of the configuration has places of its own in braces.
    return text.replace("{", "{{").replace("}", "}}")


def _nginx(name, nodes):
    node = "$node" if name == "nginx-sticky" else "any"
    text = "location / {{ proxy_pass http://%s; }}" % node
    return fronts.nginx(nodes[0].base / name, text, _text(name, nodes))


def _apache(name, nodes):
    return fronts.apache(nodes[0].base / name, MODULES, _text(name, nodes))


FRONTS = {
    "nginx-sticky": _nginx,
    "nginx-any": _nginx,
    "apache-sticky": _apache,
    "apache-any": _apache,
}


@pytest.mark.parametrize("name", FRONTS)
@pytest.mark.parametrize("path", clusters.PATHS)
def test_session_goes_on_wherever_the_front_sends_it(nodes, name, path):
    with FRONTS[name](name, nodes) as address:
        shopper = Shopper(path, address)
        routes = []
        for _ in range(8):
            shopper.add()
            routes.append(shopper.cookie.rpartition(".")[2])
        assert shopper.read() == list(range(1, 9))
    # The node that answers puts its name into the identifier.
    assert set(routes) == ({routes[0]} if "sticky" in name else {"node1", "node2"})


def test_no_acknowledged_write_is_lost_behind_a_front(nodes):
    with contextlib.ExitStack() as stack:
        shoppers = [
            Shopper(path, stack.enter_context(make(name, nodes)))
            for name, make in FRONTS.items()
            for path in clusters.PATHS
        ]
        with Load(shoppers) as load:
            load.wait_for_more(5)
            nodes[0].kill()
            load.wait_for_more(5)
        for shopper in shoppers:
            shopper.assert_kept()
    # A node that starts again has all sessions before it takes requests.
    nodes[0].start_again()
    for shopper in shoppers:
        shopper.address = nodes[0].address
        shopper.assert_kept()
