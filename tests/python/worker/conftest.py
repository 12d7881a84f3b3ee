"""A worker for each CPython that is found here."""

import pytest

import hosting
import pythons
from processes import APPS


@pytest.fixture(scope="module", params=sorted(pythons.FOUND))
def python(request):
    """The path of an interpreter."""
    return pythons.FOUND[request.param]


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
