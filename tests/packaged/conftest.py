"""What the tests of the packaged artifacts share: the files in each archive."""

import functools

import pytest

import archives

# A WAR has 50 MB, and every test of it reads the same.
_read = functools.lru_cache(maxsize=None)(archives.files)


@pytest.fixture(params=archives.NAMESPACES)
def namespace(request):
    return request.param


@pytest.fixture
def jar(namespace):
    """{name: content} of the jar."""
    return _read(archives.jar(namespace))


@pytest.fixture
def war(namespace):
    """{name: content} of the example WAR."""
    return _read(archives.war(namespace))
