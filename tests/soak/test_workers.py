"""Hundreds of reloads and redeployments on CPython: each leaves no process behind."""

import pytest

import containers
import where
from paths import TARGET
from test_worker_redeploy import (
    WAR,
    Workers,
    redeployments_leave_nothing,
    reloads_leave_nothing,
)


@pytest.fixture
def site(kind, jdk):
    base = TARGET / "soak" / ("workers-" + kind)
    own = containers.create(kind, jdk, jdk, base, engine=where.CPYTHON)
    own.start([WAR])
    yield Workers(own)
    own.stop()
    assert not list(base.glob("**/isthmus-workers-*"))


def test_workers_reloaded_under_load(site, reloads):
    reloads_leave_nothing(site, reloads)


def test_workers_redeployed(site, times):
    redeployments_leave_nothing(site, times)
