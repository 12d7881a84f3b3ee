"""isthmus.submit: tasks that never end keep no class loader of what is undeployed."""

from redeploying import wait
from test_submit import IMPATIENT, Asked

BOOT = "few"  # It counts what is left once all garbage is collected.
WARS = [IMPATIENT]
TIMES = 2


def test_tasks_without_an_end_keep_no_class_loader(server):
    asked = Asked(server, IMPATIENT)
    server.redeploy(IMPATIENT)
    # What is left of the last one may need several collections.
    seen = []
    wait(server, lambda state: seen.append(state.loaders) or len(seen) == 6)
    before = min(seen)
    for _ in range(TIMES):
        asked.get("stay")
        server.redeploy(IMPATIENT)
    assert wait(server, lambda state: state.loaders <= before).loaders <= before
