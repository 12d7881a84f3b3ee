"""A hundred redeployments of everything that is known to leak, on each container."""

import pytest

from containers import jdks
from paths import TARGET
from redeploying import (
    EXPLODED,
    OTHER,
    PACKED,
    Undisturbed,
    again,
    metaspace,
    start,
    use,
    wait,
)

ROUNDS = 10


@pytest.fixture(params=jdks.discover(), ids=repr)
def server(kind, request):
    base = TARGET / "soak" / ("redeploy-%s-%r" % (kind, request.param))
    server = start(
        kind, request.param, jdks.discover()[0], base, [EXPLODED, PACKED, OTHER]
    )
    yield server
    server.stop()


def test_redeployments_leave_nothing_behind(server, times):
    for war in (EXPLODED, PACKED, OTHER):
        use(server, war)
    before = wait(server, lambda state: state.loaders == 3)
    print("\n%s %r before: %r" % (server.name, server.jdk, before), metaspace(server))
    with Undisturbed(server, OTHER) as other:
        for done in range(0, times, ROUNDS):
            again(server, min(ROUNDS, times - done))
            after = wait(server, lambda state: state.is_as(before))
            print("after %d: %r" % (done + ROUNDS, after), metaspace(server))
            assert after.is_as(before), "%r\nwas %r" % (after, before)
    assert not other.failures
