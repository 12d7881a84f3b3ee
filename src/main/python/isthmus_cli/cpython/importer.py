"""Imports an application as a worker would; it runs on the application's own CPython.

    python importer.py DIRECTORY

``DIRECTORY/job.json`` has ``python``, the directory of the package isthmus;
``web_inf``, the path of a WEB-INF of real files; ``app``, the setting isthmus.app, or
null; and ``preload``, names of modules. The outcome is written to ``outcome.json``: an
empty object, or a ``message``, the ``traceback``, and whether the application
``raised`` an exception; ``null`` if this process has ended during the import.
"""

import json
import os
import sys
import traceback

# What may be due to a missing data source, variable, or network.
_RAISED = ("MODULE_FAILED", "FACTORY_FAILED", "PRELOAD_FAILED")
# The text for each rule of isthmus.loading, and the indexes of its values.
_TEXTS = {
    "MODULE_ABSENT": ("there is no module '%s'%s", (0, 1)),
    "CALLABLE_ABSENT": ("%s has no '%s'%s", (0, 2, 3)),
    "NOT_CALLABLE": ("it is %s, which is not callable", (1,)),
    "DEPLOY_ABSENT": ("%s cannot be imported; '%s' needs %s", (1, 0, 2)),
}


def check(job):
    """Import what a job names; return the outcome."""
    # This file's own directory, where the tool's modules are.
    sys.path[0] = job["python"]
    from isthmus import importing, loading, paths, preloading

    # As workers have it: nothing is wrong because it is Python 3.
    importing.explain = lambda cause, stack: None
    paths.install(job["web_inf"])
    try:
        preloading.preload(job["preload"])
        loading.load(job["app"], job["web_inf"])
    except importing.LoadError as error:
        return _told(error)
    except BaseException as error:
        message = "".join(traceback.format_exception_only(type(error), error)).strip()
        return _outcome(message, traceback.format_exc(), is_raised=True)
    return {}


def _told(error):
    text, indexes = _TEXTS.get(error.rule, (None, ()))
    if text:
        message = text % tuple(error.values[index] for index in indexes)
    else:
        message = ": ".join(error.values)
    is_import = isinstance(error.cause, (ImportError, SyntaxError))
    raised = error.rule in _RAISED and not is_import
    return _outcome(message, error.traceback or "", raised)


def _outcome(message, trace, is_raised):
    return {"message": message, "traceback": trace, "raised": is_raised}


def main(directory):
    with open(os.path.join(directory, "job.json"), encoding="ascii") as file:
        job = json.load(file)
    _write(directory, None)
    _write(directory, check(job))
    # At once: threads that the application has started might run forever.
    os._exit(0)


def _write(directory, outcome):
    with open(os.path.join(directory, "outcome.json"), "w", encoding="ascii") as file:
        json.dump(outcome, file)


if __name__ == "__main__":
    main(sys.argv[1])
