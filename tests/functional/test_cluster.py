"""Two Tomcats that send each other their sessions by DeltaManager: one is killed.

What is Jython on one is CPython on the other: sessions have one form.
"""

import pytest

import clusters
import where
from clusters import Load, Shopper

PATHS = ("/left", "/right")
CLUSTER = (clusters.FILES / "tomcat-delta.xml").read_text("utf-8")


def _options(number, ports):
    options = []
    for name, index in (("node", number - 1), ("peer", 2 - number)):
        address = clusters.addresses()[index]
        options += [
            "-D%s.address=%s" % (name, address),
            "-D%s.port=%d" % (name, ports[index]),
            "-D%s.id=%d" % (name, index + 1),
        ]
    return options


@pytest.fixture(scope="module")
def nodes(request):
    ports = [4001, 4002]
    nodes = []
    for number, kinds in ((1, where.ENGINES), (2, where.ENGINES[::-1])):
        options = _options(number, ports)
        node = clusters.create("tomcat11", number, request.config.jdks, options)
        node.cluster = CLUSTER
        nodes.append(node)
        node.begin([clusters.war(*war) for war in zip(PATHS, kinds)])
    for node in nodes:
        node.wait_until_up()
    yield nodes
    for node in nodes:
        node.stop()


@pytest.mark.parametrize("way", ["add", "blocks"])
@pytest.mark.parametrize("path", PATHS)
def test_write_that_has_been_answered_is_on_the_other_node(nodes, path, way):
    shopper = Shopper(path, nodes[0].address)
    for count in range(1, 7):
        # Large, so that replication would lose a race.
        shopper.add(way, 300000)
        shopper.address = nodes[count % 2].address
        assert shopper.read() == list(range(1, count + 1))


def test_no_acknowledged_write_is_lost_with_the_node_that_is_killed(nodes):
    first, second = nodes
    shoppers = [Shopper(p, node.address) for node in nodes for p in PATHS for _ in "ab"]
    with Load(shoppers, second.address) as load:
        load.wait_for_more(5)
        first.kill()
        load.wait_for_more(5)
    load.check()
    for shopper in shoppers:
        assert shopper.address == second.address
        assert shopper.read() == list(range(1, shopper.acknowledged + 1))
        head, *items = shopper.get("/cart.jsp").body.decode("utf-8").split("\n")
        count = shopper.acknowledged
        assert head == "java.util.ArrayList java.util.LinkedHashMap %d" % count
        assert items[0] == "1 café 2026-11-29T10:00:01.123456"
