"""Compiles the sources in a list, and reports why each of the others cannot be.

    jython -m isthmus.jython.compiling DIRECTORY

``DIRECTORY/jobs.json`` is a list of objects: ``file``, a source in the directory;
``module``, its name for imports; ``display``, its name in tracebacks. Each source that
compiles gets a ``$py.class`` that stays valid (isthmus.jython.precompile); the others
have their error in ``errors.json``, by file.
"""

from __future__ import absolute_import

import json
import os
import sys

from isthmus import diagnosis
from isthmus.jython import precompile

_LONGEST = 200
_REASONS = {
    "PYTHON3_SYNTAX": "%s has %s, which is Python 3: '%s'",
    "SYNTAX_ERROR": "%s is not valid Python 2.7: '%s' (%s)",
    "CODE_TOO_LARGE": "a function, or the module's top level, compiles to more code"
    " than a Java method can hold (64 KiB)",
}


def compile_jobs(directory):
    """Compile the directory's list; return {file: what is wrong with it}."""
    with open(os.path.join(directory, "jobs.json"), "rb") as listed:
        jobs = json.load(listed)
    errors = {}
    for job in jobs:
        # A native string: the report combines it with octets of the source.
        source = os.path.join(directory, str(job["file"]))
        try:
            precompile.compile_file(source, job["module"], job["display"])
        except precompile.FAILURES:
            errors[job["file"]] = _reason(source, job)
    return errors


def _reason(source, job):
    try:
        # Again, by its real name, from which the wrong line is read.
        precompile.compile_file(source, job["module"], source)
    except precompile.FAILURES:
        error = sys.exc_info()[1]
        finding = diagnosis.of(error, [])
        reason = _placed(error, source) or str(error)
        if finding is not None and finding.rule in _REASONS:
            pattern = _REASONS[finding.rule]
            values = [_shortened(value) for value in finding.values]
            reason = pattern % tuple(values[: pattern.count("%s")])
        reason = reason.replace(" of " + source, "")
        # Quotations from the source are octets, most likely UTF-8.
        return reason.decode("utf-8", "replace") if str is bytes else reason


def _placed(error, source):
    """The text that cannot be decoded, with its line, which the error itself lacks.

    Such as a lone surrogate (u"\\ud834"), for which Jython has no character.
    """
    if not isinstance(error, UnicodeDecodeError):
        return None
    with open(source, "rb") as file:
        before, found, _ = file.read().partition(error.object)
    if not found:
        return None
    # In a multi-line string, the line of the escape.
    number = (before + found[: error.start]).count(b"\n") + 1
    # Jython's end is one too far.
    what = _shortened(found[error.start : error.end].rstrip("\"'"))
    return "line %d has '%s', which Jython cannot decode: %s" % (
        number,
        what,
        error.reason,
    )


def _shortened(value):
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "..."


def main(directory):
    """Compile, and write the report to ``errors.json``."""
    errors = compile_jobs(directory)
    with open(os.path.join(directory, "errors.json"), "w") as file:
        json.dump(errors, file)


if __name__ == "__main__":
    main(sys.argv[1])
