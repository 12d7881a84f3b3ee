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


def install(emit_to, level):
    """Make the container's log the place where Python's logging goes.

    ``logging.basicConfig`` does nothing once the root logger has a handler, so that an
    application written for another server keeps its levels here; a level given to
    basicConfig is set all the same.

    :param emit_to: called with logger name, Python level number and text.
    :param level: the root logger's level, for example ``"INFO"``.
    """
    root = logging.getLogger()
    root.addHandler(ContainerHandler(emit_to))
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
