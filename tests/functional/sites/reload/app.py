"""Tells of its generation: numbers of modules, files, the interpreter, the loader.

A test changes what stands here, beside it and below it while requests go on.
"""

import json
import logging
import os
import threading
import uuid

from pkg import middle

NAME = uuid.uuid4().hex
LOG = logging.getLogger("reload")
EXTRA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "extra.txt")


def stopping(event):
    LOG.info("stopping %s", NAME)


def application(environ, start_response):
    return HANDLERS[environ["PATH_INFO"].strip("/")](environ, start_response)


def _answer(body, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(body).encode("ascii")]


def show(environ, start_response):
    """Which generation this is, and with ?lazy a module that only requests import."""
    body = {"name": NAME, "deep": middle.deep.VALUE}
    if environ["QUERY_STRING"] == "lazy":
        import lazy

        body["lazy"] = lazy.VALUE
    if os.path.exists(EXTRA):
        with open(EXTRA) as extra:
            body["extra"] = extra.read()
    return _answer(body, start_response)


def loader(environ, start_response):
    """The class loader that Jython is in, as a number."""
    from java.lang import Class, System
    from org.python.core import PySystemState

    of = System.identityHashCode(Class.getClassLoader(PySystemState))
    return _answer(of, start_response)


def stream(environ, start_response):
    """Blocks without an end, until another request lets it go."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield NAME.encode("ascii")
    _wait(environ)
    # What an interpreter has that has ended is closed.
    import lazy

    yield (" %s %s end" % (NAME, lazy.VALUE)).encode("ascii")


def go(environ, start_response):
    open(_gate(environ), "w").close()
    return _answer(None, start_response)


def _gate(environ):
    """A file, for generations share neither modules nor, on CPython, a process."""
    return os.path.join(os.environ["TMPDIR"], "go-" + environ["QUERY_STRING"])


def _wait(environ):
    event = threading.Event()
    while not os.path.exists(_gate(environ)):
        event.wait(0.01)


def includes(environ, start_response):
    """Wait to be let go, then include another servlet: it is of this generation."""
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    write(NAME.encode("ascii") + b" ")
    _wait(environ)
    request = environ["isthmus.request"]
    target = request.getRequestDispatcher("/too/show")
    target.include(request, environ["isthmus.response"])
    return []


HANDLERS = {
    "show": show,
    "loader": loader,
    "stream": stream,
    "go": go,
    "includes": includes,
}
