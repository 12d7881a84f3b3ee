"""isthmus.logs with isthmus.log.level=CONTAINER, on CPython's logging."""

import importlib.util
import io
import logging
import pathlib
import sys

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

    def write_record(self, name, level, text):
        self.records.append((name, level, text))

    def write(self, text):
        self.records.append(text)

    def flush(self):
        pass


@pytest.fixture
def container(monkeypatch):
    root = logging.RootLogger(logging.WARNING)
    monkeypatch.setattr(logging, "root", root)
    monkeypatch.setattr(logging.Logger, "root", root)
    monkeypatch.setattr(logging.Logger, "manager", logging.Manager(root))
    monkeypatch.setattr(logging, "_loggerClass", logging.Logger)
    monkeypatch.setattr(logging, "basicConfig", logging.basicConfig)
    monkeypatch.setattr(logging.StreamHandler, "emit", logging.StreamHandler.emit)
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


def _handle(logger, stream):
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger.addHandler(handler)
    return handler


def _of_container():
    handlers = logging.root.handlers
    return next(h for h in handlers if type(h).__name__ == "ContainerHandler")


@pytest.mark.parametrize("name", ["shop", None])
def test_stream_of_the_container_does_not_log_a_record_twice(container, name):
    _handle(logging.getLogger(name), container)
    logging.getLogger(name).warning("one")
    assert container.records == [(name or "root", logging.WARNING, "one")]


def test_stream_has_what_does_not_reach_the_container(container):
    logger = logging.getLogger("shop")
    logger.propagate = False
    _handle(logger, container)
    logger.info("one\ntwo")
    logger.getChild("db").error("%s", 1, 2)
    (one, (name, level, text)) = container.records
    assert one == ("shop", logging.INFO, "INFO one\ntwo")
    assert (name, level) == ("shop.db", logging.ERROR)
    assert "could not be formatted" in text


def test_stream_has_what_the_handler_of_the_container_refuses(container):
    _handle(logging.getLogger("shop"), container)
    _of_container().setLevel(logging.ERROR)
    logging.getLogger("shop").warning("one")
    logging.getLogger("shop").error("two")
    assert [text for _, _, text in container.records] == ["WARNING one", "two"]


def test_other_streams_are_left_alone(container):
    stream = io.StringIO()
    _handle(logging.getLogger("shop"), stream)
    logging.getLogger("shop").warning("one")
    assert stream.getvalue() == "WARNING one\n"
    assert container.records == [("shop", logging.WARNING, "one")]


def test_basic_config_acts_where_the_root_has_no_handler(container, monkeypatch):
    monkeypatch.setattr(sys, "stderr", container)
    for handler in list(logging.root.handlers):
        logging.root.removeHandler(handler)
    logging.basicConfig(level=logging.DEBUG, format="%(levelname)s:%(message)s")
    logging.getLogger("shop").debug("one")
    logging.error("two")
    assert container.records == [
        ("shop", logging.DEBUG, "DEBUG:one"),
        ("root", logging.ERROR, "ERROR:two"),
    ]


def test_basic_config_leaves_the_handler_of_the_application(container):
    stream = io.StringIO()
    logging.root.handlers[:] = []
    logging.root.addHandler(logging.StreamHandler(stream))
    logging.basicConfig(level=logging.DEBUG, stream=container)
    logging.warning("one")
    logging.debug("two")
    assert (stream.getvalue(), container.records) == ("one\n", [])


def test_basic_config_adds_a_file(container, tmp_path):
    logging.basicConfig(filename=str(tmp_path / "log"), format="%(message)s!")
    logging.warning("one")
    file = logging.root.handlers[0]
    file.close()
    assert (tmp_path / "log").read_text() == "one!\n"
    assert container.records == [("root", logging.WARNING, "one")]
