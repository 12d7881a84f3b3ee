"""A project for Python 3, for the tests of `isthmus war` and `isthmus lock`."""

import zipfile

import pytest

import packages

SOURCE = """
def application(environ, start_response) -> list:
    start_response("200 OK", [])
    return [b""]
"""


@pytest.fixture
def project(tmp_path, monkeypatch, packed):
    """A directory beyond ASCII with an app.py, which becomes the current one."""
    directory = tmp_path / "projét"
    directory.mkdir()
    monkeypatch.chdir(directory)
    (directory / "app.py").write_text(SOURCE)
    return directory


@pytest.fixture
def wheel(project, monkeypatch):
    """What makes wheels of one module, whose VERSION it is, in the project's index."""
    index = packages.Index(project.parent / "index", monkeypatch)

    def made(name, version, tag="py3-none-any", more=(), **details):
        files = {name + ".py": b"VERSION = '%s'\n" % version.encode(), **dict(more)}
        return index.wheel(name, version, tag, files=files, **details)

    return made


def entries(path):
    """{name: octets} of a WAR."""
    with zipfile.ZipFile(path) as war:
        return {name: war.read(name) for name in war.namelist()}
