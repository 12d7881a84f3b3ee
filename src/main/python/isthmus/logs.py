"""Passes Python's logging to the container's log, with names and levels."""

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
        """Send one record; report one that cannot be formatted instead of raising."""
        self._emit_to(record.name, record.levelno, _text(self, record))


def _text(handler, record):
    try:
        return handler.format(record)
    except Exception:
        return "A log record could not be formatted: %s\n%s" % (
            _described((record.msg, record.args)),
            _reason(),
        )


def _reason():
    try:
        return traceback.format_exc()
    except Exception as e:  # of the code of the record's exception
        return "%s, in its exception's own code" % type(e).__name__


def _described(value):
    """Return its repr(), or the repr() of each part that has one."""
    try:
        return repr(value)
    except Exception:
        if isinstance(value, tuple):
            return "(%s)" % ", ".join(_described(part) for part in value)
        return "<%s without a repr()>" % type(value).__name__


_LEVELS = (1, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)


def _follow(root, wants):
    """Make loggers without a level of their own use the container's.

    It is asked each time, because an operator may change levels at run time.
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


def _reaches(container, record):
    """Tell whether a logger's records reach the container's handler."""
    logger = logging.Logger.manager.loggerDict.get(record.name)
    if not isinstance(logger, logging.Logger):
        logger = logging.root
    while logger is not None:
        if container in logger.handlers:
            return record.levelno >= container.level and container.filter(record)
        logger = logger.propagate and logger.parent or None
    return False


def _join_streams(container):
    """Keep a StreamHandler on a container stream from logging a record twice.

    Such a stream has ``write_record``: a record that does not reach the container's
    handler is logged there as one record, with its level, as formatted by the
    StreamHandler.
    """
    original = logging.StreamHandler.emit

    def emit(self, record):
        write_record = getattr(self.stream, "write_record", None)
        if write_record is None:
            original(self, record)
        elif not _reaches(container, record):
            write_record(record.name, record.levelno, _text(self, record))

    logging.StreamHandler.emit = emit


def install(emit_to, level, wants=None):
    """Send Python's logging to the container's log.

    ``logging.basicConfig`` sets a level and adds a file, but no other handler, while
    the root logger has the container's: an application written for another server keeps
    its levels here. If an application has removed that handler, logging works as usual
    in Python.

    :param emit_to: called with logger name, Python level number and text.
    :param level: the root logger's level, for example ``"INFO"``, or ``"CONTAINER"``.
    :param wants: for ``"CONTAINER"``, called with logger name and Python level number:
        whether the container's log accepts such records.
    """
    root = logging.getLogger()
    container = ContainerHandler(emit_to)
    root.addHandler(container)
    _join_streams(container)
    if level == "CONTAINER":
        _follow(root, wants)
    else:
        root.setLevel(getattr(logging, level))
    original = logging.basicConfig

    def basic_config(**kwargs):
        if container not in root.handlers:
            original(**kwargs)
            return
        if kwargs.get("level") is not None:
            root.setLevel(kwargs["level"])
        if "filename" in kwargs:
            handlers = list(root.handlers)
            root.handlers[:] = []
            original(**kwargs)
            root.handlers.extend(handlers)

    logging.basicConfig = basic_config
