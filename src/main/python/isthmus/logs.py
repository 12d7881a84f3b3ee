"""Python's logging, handed to the container's log with names and levels."""

from __future__ import absolute_import

import logging
import traceback


class ContainerHandler(logging.Handler):
    """Passes records on to the container's log.

    :param emit_to: called with logger name, Python level number and text.
    """

    def __init__(self, emit_to):
        logging.Handler.__init__(self)
        self._emit_to = emit_to

    def emit(self, record):
        """Send one record; one that cannot be formatted is reported, not raised."""
        try:
            text = self.format(record)
        except Exception:
            text = "A log record could not be formatted: %s\n%s" % (
                _shown((record.msg, record.args)),
                traceback.format_exc(),
            )
        self._emit_to(record.name, record.levelno, text)


def _shown(value):
    """Return its repr(), or part by part what of it has one."""
    try:
        return repr(value)
    except Exception:
        if isinstance(value, tuple):
            return "(%s)" % ", ".join(_shown(part) for part in value)
        return "<%s without a repr()>" % type(value).__name__


_LEVELS = (1, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)


def _follow(root, wants):
    """Have loggers without a level of their own take the container's.

    It is asked each time, for an operator may change levels while the server runs.
    """

    def container_level(logger):
        for level in _LEVELS:
            if wants(logger.name, level):
                return level
        return logging.CRITICAL + 1

    class ContainerLogger(logging.getLoggerClass()):
        def getEffectiveLevel(self):
            logger = self
            while logger is not None and logger is not root:
                if logger.level:
                    return logger.level
                logger = logger.parent
            return root.level or container_level(self)

    logging.setLoggerClass(ContainerLogger)
    for logger in logging.Logger.manager.loggerDict.values():
        if type(logger) is logging.Logger:
            logger.__class__ = ContainerLogger
    root.getEffectiveLevel = lambda: root.level or container_level(root)
    root.setLevel(logging.NOTSET)


def install(emit_to, level, wants=None):
    """Make the container's log the place where Python's logging goes.

    ``logging.basicConfig`` does nothing once the root logger has a handler, so that an
    application written for another server keeps its levels here; a level given to
    basicConfig is set all the same.

    :param emit_to: called with logger name, Python level number and text.
    :param level: the root logger's level, for example ``"INFO"``, or ``"CONTAINER"``.
    :param wants: with that, called with logger name and Python level number: whether
        the container's log takes such records.
    """
    root = logging.getLogger()
    root.addHandler(ContainerHandler(emit_to))
    if level == "CONTAINER":
        _follow(root, wants)
    else:
        root.setLevel(getattr(logging, level))
    original = logging.basicConfig

    def basic_config(**kwargs):
        if kwargs.get("level") is not None:
            root.setLevel(kwargs["level"])
        if "filename" in kwargs:
            handlers = list(root.handlers)
            root.handlers[:] = []
            original(**kwargs)
            root.handlers.extend(handlers)

    logging.basicConfig = basic_config
