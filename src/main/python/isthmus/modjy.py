"""What modjy did beyond PEP 3333, for applications whose web.xml is for modjy."""

from __future__ import absolute_import

import os
import sys
import threading

from isthmus import importing, loading


def load(spec, web_inf, parameters):
    """Return the WSGI application as modjy would call it, and its name.

    :param spec: as ``isthmus.app``.
    :param web_inf: the path of WEB-INF as a directory of real files, or None.
    :param parameters: modjy's own, by name: ``packages``, ``classdirs`` and
        ``extdirs`` with semicolons; ``cache_callables`` and ``reload_on_mod``, 0 or 1.
    :raises LoadError: if there is no such application.
    """
    for name, add in _adders():
        for item in parameters[name].split(";"):
            if item:
                add(item)
    if spec is None or loading.is_uri(spec):
        return loading.load(spec, web_inf)
    named = loading.Named(spec)
    application = named.load(web_inf)
    is_fresh = parameters["cache_callables"] == "0"
    if named.file and (is_fresh or parameters["reload_on_mod"] == "1"):
        application = _ReloadedFile(named, web_inf, application, is_fresh)
    elif named.is_made and is_fresh:
        application = _MadeForEachRequest(named, web_inf)
    return application, named.spec


def _adders():
    # They exist only on Jython, so look them up only when needed.
    for name in ("package", "classdir", "extdir"):
        attribute = "add_" + name
        yield name + "s", lambda item, add=attribute: getattr(sys, add)(item)


class _MadeForEachRequest(object):
    """cache_callables=0: a new instance of the application's class for each request."""

    def __init__(self, named, web_inf):
        self._named = named
        self._module = named.module(web_inf)

    def __call__(self, environ, start_response):
        application = self._named.application(self._module)
        return application(environ, start_response)


class _ReloadedFile(object):
    """Runs the file again when it has changed, or (``is_fresh``) for each request.

    The module of its name in sys.modules is the last one that ran without an error.
    """

    def __init__(self, named, web_inf, application, is_fresh):
        self._named = named
        self._path = importing.source_path(named.file, web_inf)
        self._module_name = named.module(web_inf).__name__
        self._application = application
        self._is_fresh = is_fresh
        self._seen = self._state()
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        return self._current()(environ, start_response)

    def _current(self):
        # One at a time, as in modjy: of two threads that see a change, one reloads.
        with self._lock:
            state = self._state()
            if self._is_fresh or state != self._seen:
                module = importing.execute(self._module_name, self._path)
                self._application = self._named.application(module)
                self._seen = state
            return self._application

    def _state(self):
        status = os.stat(self._path)
        return status.st_mtime, status.st_size
