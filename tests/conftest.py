"""Which tests stay together when processes share them (pytest-xdist, `loadgroup`)."""

import pytest


# First: pytest-xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """One boot of a container belongs to one process; of the rest, one module does.

    The long groups come first, so that the processes end at about the same time: boots,
    those with the most tests before the others.
    """
    groups = {}
    for item in items:
        boot = _boot(item)
        group = boot or item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
        groups.setdefault((not boot, group), []).append(item)
    order = sorted(groups, key=lambda key: (key[0], -len(groups[key])))
    items[:] = [item for key in order for item in groups[key]]


def _boot(item):
    """The container, JDK and boot of a test, or None; the soak boots its own."""
    boot = hasattr(item, "callspec") and item.callspec.params.get("server")
    return "%s-%r-%s" % boot if isinstance(boot, tuple) else None
