"""Imports an application as its web application would, and reports the outcome.

    jython -m isthmus.jython.checking DIRECTORY

``DIRECTORY/job.json`` has ``web_inf``, the path of a WEB-INF of real files; ``app``,
the setting isthmus.app, or null; and ``preload``, names of modules. ``outcome.json``
gets the result: an empty object, or the broken ``rule``, the ``message`` that the
container's log would have, and the ``traceback``.
"""

from __future__ import absolute_import

import json
import os
import sys

from isthmus import importing, loading, paths, preloading
from isthmus.jython import program


def check(job):
    """Import what a job names; return the outcome."""
    web_inf = paths.native(job["web_inf"])
    # Jython put this here for itself: the directory that it was started in.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]
    paths.install(web_inf)
    try:
        preloading.preload([str(name) for name in job["preload"]])
        loading.load(job["app"] and paths.native(job["app"]), web_inf)
    except importing.LoadError as error:
        return _described(error)
    return {}


def _described(error):
    # Only here: tests import this module without Java.
    from org.isthmus.errors import Rule

    values = [_text(value) for value in error.values]
    return {
        "rule": error.rule,
        "message": Rule.valueOf(error.rule).message(values),
        "traceback": _text(error.traceback or ""),
    }


def _text(octets):
    return octets.decode("utf-8", "replace") if str is bytes else octets


def main(directory):
    """Import, and write the outcome to ``outcome.json``."""
    # Jython's own __main__ has a __file__ of None, which Mercurial's search for its
    # program takes for a path.
    program.install()
    # Only here, too. An import may parse a document, or make a module of a template.
    from isthmus.jython import repairs

    repairs.install()
    with open(os.path.join(directory, "job.json"), "rb") as file:
        outcome = check(json.load(file))
    with open(os.path.join(directory, "outcome.json"), "w") as file:
        json.dump(outcome, file)
    # At once: threads that the application has started might run forever.
    from java.lang import Runtime

    Runtime.getRuntime().halt(0)


if __name__ == "__main__":
    main(sys.argv[1])
