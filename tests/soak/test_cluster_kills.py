"""A cluster's servers killed in turn under load: no acknowledged write is lost."""

import time

import pytest

import clusters
import stores
from containers import jdks


@pytest.mark.parametrize("name", [n for n in stores.STORES if n != "delta-any"])
def test_no_kill_loses_an_acknowledged_write(name, minutes):
    kills = writes = 0
    with stores.started(name, jdks.discover(), "soak") as store:
        has_jsp = store.nodes[0].name == "tomcat11"
        deadline = time.monotonic() + 60 * minutes
        while kills == 0 or time.monotonic() < deadline:
            killed, other = store.nodes if kills % 2 == 0 else store.nodes[::-1]
            mark = other.log.mark()
            writes += clusters.assert_none_is_lost_by_a_kill([killed, other], has_jsp)
            killed.start_again()
            store.wait_again(other, mark)
            kills += 1
    print("\n%s: %d kills, %d acknowledged writes, none lost" % (name, kills, writes))
