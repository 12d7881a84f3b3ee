"""The database of the current request: the first segment of its path names it."""

import threading

_current = threading.local()


def use(using):
    """Have Django read and write there until this thread has its next request."""
    _current.using = using


class Router(object):
    """For settings.DATABASE_ROUTERS: of models that have no database of their own."""

    def db_for_read(self, model, **hints):
        return getattr(_current, "using", None)

    db_for_write = db_for_read
