"""Two containers that have sessions in common: one gets a new version, one is killed.

What is Jython on one is CPython on the other: sessions have one form. Each build has
DeltaManager, scripts/matrix the other stores too.
"""

import shutil

import pytest

import clusters
import polling
import stores
from clusters import PATHS, Shopper
from users import PASSWORDS
from visitor import Site, Visitor, sign_in


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


def test_identifiers_from_before_a_rotation_are_dead_on_both_nodes(store, request):
    def restart(node):
        mark = node.log.mark()
        node.stop()
        node.start_again()
        store.wait_again(node, mark)

    # Of two nodes that are alike, the first is enough; scripts/matrix has both.
    every = request.config.getoption("matrix")
    restarted = store.nodes if every else store.nodes[:1]
    clusters.assert_old_identifiers_are_dead(store.nodes, restart, restarted)


def _by_form(visitor, other):
    """
    :param other: one of the other node; None if that would give the session an
        identifier of its own, as with DeltaManager.
    """
    visitor.get("/in/who")

    def is_saved():
        other.cookie = visitor.cookie
        return other.json("/app/read") == [1]

    # Tomcat gives the session a new identifier for the login page, and PersistentValve
    # saves it after that page is out: a login that nobody has typed may come between.
    if other:
        polling.until(is_saved)
    assert sign_in(visitor).status in (302, 303)


def _by_python(visitor, other=None):
    assert visitor.json("/app/sign?alice:" + PASSWORDS["alice"]) is True


@pytest.mark.parametrize(
    "store",
    ["delta", *(pytest.param(n, marks=pytest.mark.matrix) for n in stores.DATABASES)],
    indirect=True,
)
@pytest.mark.parametrize("log_in", [_by_form, _by_python])
@pytest.mark.parametrize("path", PATHS)
def test_login_by_the_container_is_known_to_the_other_node(store, path, log_in):
    first, second = store.nodes
    visitor, other = (Visitor(Site(node, path)) for node in (first, second))
    assert visitor.json("/app/add?1,1") == 1
    log_in(visitor, other if store.name in stores.DATABASES else None)
    assert visitor.json("/in/who") == ["alice", True]
    other.cookie = visitor.cookie
    assert other.json("/in/who") == ["alice", True]
    assert other.json("/app/read") == [1]


@pytest.mark.matrix
@pytest.mark.parametrize("store", stores.REDIS, indirect=True)
@pytest.mark.parametrize("path", PATHS)
def test_login_by_the_container_is_not_kept_in_redis(store, path):
    first, second = store.nodes
    visitor = Visitor(Site(first, path))
    assert visitor.json("/app/add?1,1") == 1
    _by_python(visitor)
    other = Visitor(Site(second, path))
    other.cookie = visitor.cookie
    assert other.json("/app/who") == [None, False]


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
