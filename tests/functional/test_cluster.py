"""Two Tomcats that send each other their sessions by DeltaManager: one is killed.

What is Jython on one is CPython on the other: sessions have one form.
"""

import pytest

import clusters


@pytest.fixture(scope="module")
def nodes(request):
    with clusters.tomcats(request.config.jdks, "cluster") as nodes:
        yield nodes


@pytest.mark.parametrize("way", ["add", "blocks"])
@pytest.mark.parametrize("path", clusters.PATHS)
def test_write_that_has_been_answered_is_on_the_other_node(nodes, path, way):
    clusters.assert_writes_are_elsewhere(nodes, path, way)


def test_no_acknowledged_write_is_lost_with_the_node_that_is_killed(nodes):
    clusters.assert_none_is_lost_by_a_kill(nodes)
