"""Leaves its mark on all that an interpreter has, or shows whose marks there are.

?mark=x leaves the mark x and answers with it; without a query the answer is JSON.
"""

import codecs
import json
import logging
import os
import socket
import subprocess
import sys
import warnings

import __builtin__
import library
import thread

requests = []


def _names(mark):
    """A codec that only who has registered it can find."""

    def search(name):
        return codecs.lookup("ascii") if name == "codec" + mark else None

    return search


def _leave(mark):
    requests.append(mark)
    os.environ["MARK"] = mark
    os.chdir("/")
    sys.path.append("/mark/" + mark)
    sys.modules["mark_" + mark] = sys
    sys.setrecursionlimit(900 + len(mark))
    __builtin__._ = mark
    thread.mark = mark
    warnings.filters.append(mark)
    codecs.register(_names(mark))
    socket.setdefaulttimeout(float(len(mark)))
    logging.getLogger("marked").mark = mark
    logging.getLogger().setLevel(logging.ERROR)


def _has_codec(mark):
    try:
        return bool(codecs.lookup("codec" + mark))
    except LookupError:
        return False


def _child():
    return subprocess.check_output(["sh", "-c", "echo $MARK"]).strip()


def _show():
    return {
        "library": library.VERSION,
        "requests": requests,
        "environ": os.environ.get("MARK"),
        "child": _child(),
        "directory": os.getcwd() == "/",
        "path": [entry for entry in sys.path if entry.startswith("/mark/")],
        "modules": sorted(name for name in sys.modules if name.startswith("mark_")),
        "recursion": sys.getrecursionlimit(),
        "builtin": getattr(__builtin__, "_", None),
        "thread": getattr(thread, "mark", None),
        "warnings": [entry for entry in warnings.filters if isinstance(entry, str)],
        "codecs": [mark for mark in ("left", "right", "filter") if _has_codec(mark)],
        "socket": socket.getdefaulttimeout(),
        "logging": getattr(logging.getLogger("marked"), "mark", None),
        "level": logging.getLogger().level,
    }


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    name, _, mark = environ["QUERY_STRING"].partition("=")
    if name == "mark":
        _leave(mark)
        return [mark.encode("ascii")]
    return [json.dumps(_show()).encode("ascii")]
