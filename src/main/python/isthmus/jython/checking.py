"""Imports an application as its web application would, and tells how that went.

    jython -m isthmus.jython.checking DIRECTORY

``DIRECTORY/job.json`` has ``web_inf``, the path of a WEB-INF of real files; ``app``, as
the setting isthmus.app has it, or null; and ``preload``, names of modules. What came of
it is in ``told.json``: an empty object, or the ``rule`` that was broken, the
``message`` that the container's log would have, and the ``traceback``.
"""

from __future__ import absolute_import

import json
import os
import sys

from isthmus import loading, paths, preloading


def check(job):
    """Import what a job says; return what is to be told."""
    web_inf = paths.native(job["web_inf"])
    # What Jython has put there for itself: the directory that it was started in.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]
    paths.install(web_inf)
    try:
        preloading.preload([str(name) for name in job["preload"]])
        loading.load(job["app"] and paths.native(job["app"]), web_inf)
    except loading.LoadError as error:
        return _told(error)
    return {}


def _told(error):
    # Only here: where it is imported for its tests there is no Java.
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
    """Import, and leave what is to be told in ``told.json``."""
    with open(os.path.join(directory, "job.json"), "rb") as file:
        told = check(json.load(file))
    with open(os.path.join(directory, "told.json"), "w") as file:
        json.dump(told, file)
    # At once: threads that the application has started would go on for ever.
    from java.lang import Runtime

    Runtime.getRuntime().halt(0)


if __name__ == "__main__":
    main(sys.argv[1])
