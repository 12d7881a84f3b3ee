"""isthmus.logs with isthmus.log.level=CONTAINER, on CPython's logging."""

import importlib.util
import logging
import pathlib

import pytest

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src/main/python/isthmus/logs.py"


class Container:
    """Levels by the names of loggers, inherited as java.util.logging's are."""

    def __init__(self):
        self.levels = {"": logging.INFO}
        self.records = []

    def wants(self, name, level):
        while name not in self.levels:
            name = name.rpartition(".")[0]
        return level >= self.levels[name]

    def emit(self, name, level, text):
        if self.wants(name, level):
            self.records.append((name, level, text))


@pytest.fixture
def container(monkeypatch):
    root = logging.RootLogger(logging.WARNING)
    monkeypatch.setattr(logging, "root", root)
    monkeypatch.setattr(logging.Logger, "root", root)
    monkeypatch.setattr(logging.Logger, "manager", logging.Manager(root))
    monkeypatch.setattr(logging, "_loggerClass", logging.Logger)
    monkeypatch.setattr(logging, "basicConfig", logging.basicConfig)
    logging.getLogger("early")
    spec = importlib.util.spec_from_file_location("isthmus_logs", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    container = Container()
    module.install(container.emit, "CONTAINER", container.wants)
    return container


@pytest.mark.parametrize("name", ["shop", "shop.db", "early"])
def test_container_raises_and_lowers_the_level(container, name):
    logger = logging.getLogger(name)
    logger.debug("one")
    assert container.records == []
    container.levels[name.partition(".")[0]] = logging.DEBUG
    # Python caches what is enabled; Jython's logging does not.
    logging.Logger.manager._clear_cache()
    assert logger.isEnabledFor(logging.DEBUG)
    logger.debug("two")
    assert container.records == [(name, logging.DEBUG, "two")]
    container.levels[name.partition(".")[0]] = logging.ERROR
    logging.Logger.manager._clear_cache()
    assert not logger.isEnabledFor(logging.WARNING)


def test_level_that_the_application_sets_is_its_own(container):
    logger = logging.getLogger("shop.db")
    logging.getLogger("shop").setLevel(logging.ERROR)
    container.levels["shop"] = logging.DEBUG
    logger.warning("one")
    logger.error("two")
    assert [text for _, _, text in container.records] == ["two"]


def test_root_follows_the_container_until_it_has_a_level(container):
    root = logging.getLogger()
    assert not root.isEnabledFor(logging.DEBUG)
    logging.basicConfig(level=logging.DEBUG)
    assert root.isEnabledFor(logging.DEBUG)
    assert logging.getLogger("shop").isEnabledFor(logging.DEBUG)


def test_container_that_wants_nothing_gets_nothing(container):
    container.levels[""] = 1000
    logging.getLogger("shop").critical("one")
    assert not logging.getLogger("shop").isEnabledFor(logging.CRITICAL)
    assert container.records == []
