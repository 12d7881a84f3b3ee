"""What the tests of the Python half share: a WEB-INF, and a sys.path to change."""

import sys

import pytest


class WebInf:
    """A WEB-INF in a temporary directory, to be filled with files."""

    def __init__(self, directory, monkeypatch):
        self.directory = directory
        self.path = str(directory)
        self._monkeypatch = monkeypatch

    def write(self, name, text=""):
        """Write a file, with the directories that lead to it, and return its path."""
        file = self.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        self._forget(file.stem)
        return str(file)

    def _forget(self, name):
        """A module of other tests may have the same name, and be imported already."""
        place = getattr(sys.modules.get(name), "__file__", None) or self.path
        if not place.startswith(self.path):
            self._monkeypatch.delitem(sys.modules, name)


@pytest.fixture
def web_inf(tmp_path, monkeypatch):
    """A WEB-INF; sys.path and the modules are afterwards what they were."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)
    directory = tmp_path / "WEB-INF"
    directory.mkdir()
    yield WebInf(directory, monkeypatch)
    for name in set(sys.modules) - before:
        del sys.modules[name]
