"""Two containers that have sessions in common: one gets a new version, one is killed.

What is Jython on one is CPython on the other: sessions have one form. Each build has
DeltaManager, scripts/matrix the other stores too.
"""

import shutil

import pytest

import clusters
import stores
from clusters import PATHS, Shopper


@pytest.fixture(
    scope="module",
    params=[
        "delta",
        *(
            pytest.param(name, marks=pytest.mark.matrix)
            for name in stores.STORES
            if name != "delta"
        ),
    ],
)
def store(request):
    with stores.started(request.param, request.config.jdks, "cluster") as store:
        yield store


@pytest.mark.parametrize("way", ["add", "blocks"])
@pytest.mark.parametrize("path", PATHS)
def test_write_that_has_been_answered_is_on_the_other_node(store, path, way):
    clusters.assert_writes_are_elsewhere(store.nodes, path, way)


def test_identifiers_from_before_a_rotation_are_dead_on_both_nodes(store):
    def restart(node):
        mark = node.log.mark()
        node.stop()
        node.start_again()
        store.wait_again(node, mark)

    clusters.assert_old_identifiers_are_dead(store.nodes, restart)


@pytest.mark.matrix
def test_sessions_outlive_the_restart_of_each_node_with_a_new_version(store):
    shoppers = [Shopper(path, store.nodes[0].address) for path in PATHS]
    for node in store.nodes:
        (other,) = set(store.nodes) - {node}
        node.stop()
        for each in shoppers:
            each.address = other.address
            each.add()
        for war in store.wars(node, "2"):
            shutil.rmtree(node.directory(war))
            node.deploy(war)
        node.start_again()
        for each in shoppers:
            each.address = node.address
            each.add()
            each.assert_kept()
            assert each.version == "2"


@pytest.mark.matrix
@pytest.mark.parametrize(
    "store, moves",
    # Of the first two, sessions belong to a version; of Redis, to an application.
    [("delta", False), ("tomcat-postgresql", False), ("tomcat-redis", True)],
    indirect=["store"],
)
def test_new_version_beside_the_old_one(store, moves):
    old = [Shopper(path, store.nodes[0].address) for path in PATHS]
    for each in old:
        each.add()
    before = {each.version for each in old}
    for node in store.nodes:
        for war in store.wars(node, "3", "##003"):
            node.deploy_while_running(war)
        for each in old:
            each.address = node.address
            each.add()
            each.assert_kept()
            assert {each.version} == ({"3"} if moves else before)
            new = Shopper(each.path, node.address)
            new.add()
            assert new.version == "3"
    for node in store.nodes:
        for war in store.wars(node):
            node.undeploy(war)
    for each in old:
        each.read()
        assert each.version == "3"
        assert each.read() == (list(range(1, 4)) if moves else [])


def test_no_acknowledged_write_is_lost_with_the_node_that_is_killed(store):
    # Jetty has no JSPs here.
    has_jsp = store.nodes[0].name == "tomcat11"
    clusters.assert_none_is_lost_by_a_kill(store.nodes, has_jsp)
