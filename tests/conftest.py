"""Which tests run, and which stay together when processes share them (pytest-xdist)."""

import fcntl
import functools
import gc
import os
import sys
import zlib

import pytest

import paths

# Users' Pythons keep bytecode. So do those of the tests, and the programs that they
# start: without it each compiles all of its modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

IMPORTS = paths.TARGET / "imports.lock"
# Modules that take half a minute or more, the longest first: not to be begun last.
LONG = (
    "tests/embedded/test_spring_boot.py",
    "tests/cli/test_deployed.py",
    "tests/cli/test_import_check.py",
    "tests/embedded/test_worker_ends.py",
    "tests/embedded/test_executables.py",
    "tests/embedded/test_embedded.py",
    "tests/embedded/test_launcher.py",
    "tests/embedded/test_class_path.py",
    "tests/functional/test_cluster.py",
    "tests/cli/test_lock_real.py",
    "tests/cli/test_serve.py",
    "tests/cli/test_doctor.py",
    "tests/cli/test_war.py",
    "tests/cli/test_python3_deployed.py",
    "tests/functional/test_staging.py",
    "tests/packaged/test_reproducible.py",
    "tests/functional/test_worker_redeploy.py",
    "tests/cli/test_lock.py",
    "tests/embedded/test_worker_status.py",
    "tests/cli/test_adversity.py",
    "tests/embedded/test_launcher_command.py",
    "tests/cli/test_new.py",
    "tests/functional/test_java_11.py",
    "tests/cli/test_python3_platforms.py",
    "tests/cli/test_python3_locks.py",
    "tests/cli/test_python3_war.py",
    "tests/cli/test_lock_refused.py",
    "tests/functional/test_locale.py",
)
# Modules of one group with another, because both build the same programs.
TOGETHER = {"tests/embedded/test_devtools.py": "tests/embedded/test_spring_boot.py"}


def pytest_addoption(parser):
    group = parser.getgroup("isthmus", "what to run")
    group.addoption(
        "--matrix", action="store_true", help="the full product, not that of mvn verify"
    )


def pytest_sessionfinish():
    paths.remove_scratches()


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


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Let one process at a time import a test module.

    The first rewrites its assertions, which takes longer than all else, and keeps the
    bytecode for the others.
    """
    if not isinstance(collector, pytest.Module):
        return (yield)
    IMPORTS.parent.mkdir(exist_ok=True)
    with IMPORTS.open("w") as file:
        # Each module has an octet of the file, which need not be there.
        fcntl.lockf(file, fcntl.LOCK_EX, 1, zlib.crc32(collector.nodeid.encode()))
        return (yield)


# First: pytest-xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave out what only the matrix has, and group the others.

    One boot of a container belongs to one process; of the rest, one module does.

    The long groups come first, so that the processes end at about the same time: boots,
    then the modules that are LONG, and the others; those with the most tests first.
    """
    if not config.getoption("matrix"):
        left, kept = [], []
        for item in items:
            (left if item.get_closest_marker("matrix") else kept).append(item)
        config.hook.pytest_deselected(items=left)
        items[:] = kept
    groups = {}
    for item in items:
        groups.setdefault(_group(item), []).append(item)
    for (_, name), grouped in groups.items():
        mark = pytest.mark.xdist_group(name)
        for item in grouped:
            item.add_marker(mark)
    order = sorted(groups, key=lambda key: (key[0], -len(groups[key])))
    items[:] = [item for key in order for item in groups[key]]


def _group(item):
    """The rank and the name of the group that a test belongs to.

    That is its boot of a container, if it has one; the soak has its own.
    """
    boot = hasattr(item, "callspec") and item.callspec.params.get("server")
    if isinstance(boot, tuple):
        return _of_boot(boot)
    return _of_module(item.nodeid.partition("::")[0])


@functools.cache
def _of_boot(boot):
    return -1, str(boot)


@functools.cache
def _of_module(module):
    name = TOGETHER.get(module, module)
    return (LONG.index(name) if name in LONG else len(LONG)), name
