"""A web application that is deployed anew, time after time, leaves nothing behind."""

from typing import NamedTuple

import pytest

from redeploying import (
    EXPLODED,
    HALF,
    OTHER,
    PACKED,
    STUCK,
    State,
    Undisturbed,
    again,
    start,
    use,
    wait,
)

# Each takes half a minute. scripts/soak does it a hundred times, on every JDK.
TIMES = 3


class Redeployed(NamedTuple):
    """What several redeployments have left; the log's mark is of before them."""

    before: State
    after: State
    other: Undisturbed
    mark: dict


@pytest.fixture(scope="module")
def started(server, request, tmp_path_factory):
    base = tmp_path_factory.mktemp("redeploy") / "base"
    wars = [EXPLODED, PACKED, OTHER, HALF, STUCK]
    own = start(server.name, server.jdk, request.config.jdks[0], base, wars)
    yield own
    own.stop()


@pytest.fixture(scope="module")
def redeployed(started):
    alive = [EXPLODED, PACKED, OTHER, STUCK]
    for war in alive[:3]:
        use(started, war)
    # What failed half-way has left nothing either.
    before = wait(started, lambda state: state.loaders == len(alive))
    assert before.loaders == len(alive), before
    mark = started.log.mark()
    with Undisturbed(started, OTHER) as other:
        again(started, TIMES)
    after = wait(started, lambda state: state.is_as(before))
    return Redeployed(before, after, other, mark)


def test_redeployment_leaves_nothing_behind(started, redeployed):
    before, after, other, _ = redeployed
    assert after.is_as(before), "%r\nwas %r" % (after, before)
    assert other.answered > TIMES
    assert not other.failures
    use(started, OTHER)


def test_signal_handlers_are_refused(started):
    # The application has tried at its import, which is long ago.
    text = r"IS0064: .*signal\.signal\b.* \d+"
    assert started.log.wait_for(text)


def test_daemon_threads_end_without_a_word(started, redeployed):
    """An interrupted thread prints a traceback, which tells an operator nothing."""
    records = started.log.records(redeployed.mark)
    ended = [r for r in records if "KeyboardInterrupt" in r.text]
    assert not [record for record in ended if record.level != "DEBUG"], ended


def test_thread_that_does_not_end_is_named(started):
    mark = started.log.mark()
    started.redeploy(STUCK)
    # The last test: this one does leave something behind.
    started.log.wait_for(r"IS0063: .*'swallows'", mark)
    (text,) = [r.text for r in started.log.records(mark) if "IS0063" in r.text]
    assert "stuck.py" in text
    assert "in swallow" in text
