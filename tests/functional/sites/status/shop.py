"""An application that can be watched: it waits, fails and writes as it is told."""

import json
import logging
import os
import pdb
import threading
import time

from java.lang import IllegalStateException
from java.lang.management import ManagementFactory
from javax.management import ObjectName

__version__ = "4.2"

_gates = {}


def application(environ, start_response):
    """Do what the path says."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    name = environ["PATH_INFO"].partition(";")[0].strip("/") or "hello"
    return HANDLERS[name](environ)


def hello(environ):
    return [b"hello"]


def held(environ):
    """Wait until somebody asks for /release with the same query."""
    gate = _gate(environ)
    gate.wait(300)
    return [b"held"]


def release(environ):
    _gate(environ).set()
    return [b"released"]


def _gate(environ):
    return _gates.setdefault(environ["QUERY_STRING"], threading.Event())


def fails(environ):
    raise ValueError("<b>no & yes</b>")


def java(environ):
    raise IllegalStateException("of Java")


def slow(environ):
    """Take the milliseconds that the query says."""
    time.sleep(int(environ["QUERY_STRING"]) / 1000.0)
    return [b"slow"]


def kept(environ):
    """Write into the directory for what is to be kept; tell of it."""
    directory = environ["isthmus.data_dir"]
    with open(os.path.join(directory, "kept.txt"), "w") as file:
        file.write("kept")
    answer = [os.environ["ISTHMUS_DATA_DIR"], directory, type(directory).__name__]
    return [json.dumps([text.decode("utf-8") for text in answer]).encode("ascii")]


def typed(environ):
    """Ask somebody who is not there."""
    environ["QUERY_STRING"] and pdb.set_trace()
    return [raw_input("who? ")]  # noqa: F821


def upload(environ):
    return [str(len(environ["wsgi.input"].read())).encode("ascii")]


def stream(environ):
    for _ in range(20):
        yield b"x" * 65536


def levels(environ):
    """Log at DEBUG to two loggers, and say which of them are enabled for it."""
    names = ("functional.quiet", "functional.other")
    for name in names:
        logging.getLogger(name).debug("one of the levels")
    logging.getLogger("functional.other").info("the last of the levels")
    enabled = [(n, logging.getLogger(n).isEnabledFor(logging.DEBUG)) for n in names]
    return [json.dumps(dict(enabled)).encode("ascii")]


def beans(environ):
    """What JMX has of this web application: {name: {attribute: value}}."""
    server = ManagementFactory.getPlatformMBeanServer()
    found = {}
    pattern = "org.isthmus:type=Application,context=/watched,*"
    for name in server.queryNames(ObjectName(pattern), None):
        simple = ("java.lang.String", "java.lang.Long", "java.lang.Double")
        found[str(name)] = dict(
            (str(info.getName()), str(server.getAttribute(name, info.getName())))
            for info in server.getMBeanInfo(name).getAttributes()
            if info.getType() in simple
        )
    return [json.dumps(found).encode("ascii")]


HANDLERS = dict(
    hello=hello,
    held=held,
    release=release,
    fails=fails,
    java=java,
    slow=slow,
    upload=upload,
    stream=stream,
    levels=levels,
    beans=beans,
    kept=kept,
    typed=typed,
)
