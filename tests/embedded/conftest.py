"""An executable WAR, and where it works: for the modules that start one."""

import pytest

import launched
from launched_app import FILES


@pytest.fixture(scope="module")
def work():
    """A directory for what is extracted, of one module."""
    return launched.clean()


@pytest.fixture(scope="module")
def archive(work):
    """The WAR of launched_app.py, for jakarta.servlet."""
    return launched.build("jakarta", FILES)
