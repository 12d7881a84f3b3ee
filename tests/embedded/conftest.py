"""What several modules start: an executable WAR, or a server with workers."""

import pytest

import launched
import workers
from launched_app import FILES


@pytest.fixture(scope="module")
def work():
    """A directory for what is extracted, of one module."""
    return launched.clean()


@pytest.fixture(scope="module")
def archive(work):
    """The WAR of launched_app.py, for jakarta.servlet."""
    return launched.build("jakarta", FILES)


@pytest.fixture
def start_idle(tmp_path):
    """Starts a server of a test's own: its app.py, and how many workers, all idle."""
    started = []

    def begin(source, count, **settings):
        place = tmp_path / "app"
        server = workers.Workers(
            place, {"app.py": source}, workers=str(count), **settings
        )
        started.append(server)
        assert server.port, server.text()
        workers.until(lambda: server.states() == ["IDLE"] * count)
        return server

    yield begin
    for server in started:
        server.stop()
