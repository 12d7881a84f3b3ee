"""What the tests of the tool share: the tool itself, with the jars of this build."""

from typing import NamedTuple

import pytest

from isthmus_cli import bundled, main
from paths import TARGET


class Ended(NamedTuple):
    """How a run of the tool ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def built(monkeypatch):
    """The jars where Maven leaves them, not yet in a wheel."""
    monkeypatch.setattr(bundled, "DIRECTORY", TARGET)


@pytest.fixture
def isthmus(capfd):
    """Run the tool in this process: isthmus("war", "--help")."""

    def run(*args):
        capfd.readouterr()
        code = main.run([str(arg) for arg in args])
        return Ended(code, *capfd.readouterr())

    return run
