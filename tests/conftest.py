"""Which tests stay together when processes share them (pytest-xdist, `loadgroup`)."""

import gc

import pytest

# Modules of few tests that take half a minute or more: not to be begun last.
LONG = {
    "tests/cli/test_deployed.py",
    "tests/cli/test_doctor.py",
    "tests/cli/test_import_check.py",
    "tests/cli/test_lock_real.py",
    "tests/cli/test_serve.py",
    "tests/embedded/test_launcher.py",
    "tests/embedded/test_overridden_jars.py",
    "tests/embedded/test_worker_ends.py",
    "tests/embedded/test_spring_boot.py",
    "tests/embedded/test_workers.py",
    "tests/functional/test_executable_war.py",
    "tests/functional/test_java_11.py",
    "tests/functional/test_locale.py",
    "tests/functional/test_readonly_webapps.py",
    "tests/functional/test_worker_redeploy.py",
    "tests/packaged/test_reproducible.py",
}
# Modules of one group with another, because both build the same programs.
TOGETHER = {"tests/embedded/test_devtools.py": "tests/embedded/test_spring_boot.py"}


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Collect no garbage meanwhile: what twenty thousand tests are made of stays.

    It was half of the time that collecting them took, in each process.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


# First: pytest-xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """One boot of a container belongs to one process; of the rest, one module does.

    The long groups come first, so that the processes end at about the same time: boots,
    then modules known to be LONG, and of each those with the most tests.
    """
    groups = {}
    for item in items:
        boot = _boot(item)
        module = item.nodeid.partition("::")[0]
        group = boot or TOGETHER.get(module, module)
        item.add_marker(pytest.mark.xdist_group(group))
        rank = 0 if boot else 1 if group in LONG else 2
        groups.setdefault((rank, group), []).append(item)
    order = sorted(groups, key=lambda key: (key[0], -len(groups[key])))
    items[:] = [item for key in order for item in groups[key]]


def _boot(item):
    """The boot of a container that a test is on, or None; the soak has its own."""
    boot = hasattr(item, "callspec") and item.callspec.params.get("server")
    return str(boot) if isinstance(boot, tuple) else None
