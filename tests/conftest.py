"""Which tests stay together when processes share them (pytest-xdist, `loadgroup`)."""

import pytest


# First: pytest-xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """One boot of a container belongs to one process; of the rest, one module does."""
    for item in items:
        group = _boot(item) or item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


def _boot(item):
    """The container, JDK and boot of a test, or None; the soak boots its own."""
    boot = hasattr(item, "callspec") and item.callspec.params.get("server")
    return "%s-%r-%s" % boot if isinstance(boot, tuple) else None
