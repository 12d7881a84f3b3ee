"""A worker for each CPython that is found here."""

import os
import shutil
import sys
from pathlib import Path

import pytest

import hosting
from processes import APPS

VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


def _pythons():
    """Paths by version: that of pytest, what is on PATH, what pyenv has."""
    found = {"%d.%d" % sys.version_info[:2]: sys.executable}
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for version in VERSIONS:
        named = sorted(root.glob("versions/%s.*/bin/python%s" % (version, version)))
        on_path = shutil.which("python" + version)
        # pyenv's own are scripts, which fail where the version is not the chosen one.
        if on_path and ".pyenv" not in on_path:
            named.append(on_path)
        if named:
            found.setdefault(version, str(named[0]))
    return found


PYTHONS = _pythons()


@pytest.fixture(scope="module", params=sorted(PYTHONS))
def python(request):
    """The path of an interpreter."""
    return PYTHONS[request.param]


@pytest.fixture(scope="module")
def start(python, tmp_path_factory):
    """Starts workers with sources in WEB-INF/app; they end with the module."""
    workers = []

    def begin(sources, **options):
        directory = tmp_path_factory.mktemp("worker")
        app = directory / "WEB-INF" / "app"
        app.mkdir(parents=True)
        for name, text in sources.items():
            (app / name).write_text(text)
        pipes = directory / "pipes"
        worker = hosting.Worker(python, pipes, app.parent, **options)
        workers.append(worker)
        return worker

    yield begin
    for worker in workers:
        worker.stop()


@pytest.fixture
def fresh(start):
    """A worker that a test may end."""
    worker = start({"apps.py": APPS}, threads=3, slots=4)
    worker.load("apps:application")
    return worker
