"""Compiles sources; it runs on the CPython that the bytecode is for, and on that alone.

    python compiler.py DIRECTORY

``DIRECTORY/jobs.json`` has a list of objects: ``source`` and ``target`` are names of
files in the directory, ``shown`` is what tracebacks call the source, and ``checked``
says whether Python compares the source with the bytecode at each import. The reasons
why sources cannot be compiled are written to ``outcome.json``, by the files' names.
"""

import json
import os
import py_compile
import sys
from py_compile import PycInvalidationMode


def compile_one(directory, job):
    """Write the bytecode of a source; return why that fails, or None."""
    mode = PycInvalidationMode
    try:
        py_compile.compile(
            os.path.join(directory, job["source"]),
            os.path.join(directory, job["target"]),
            job["shown"],
            doraise=True,
            invalidation_mode=mode.CHECKED_HASH
            if job["checked"]
            else mode.UNCHECKED_HASH,
        )
    except py_compile.PyCompileError as error:
        found = error.exc_value
        if isinstance(found, SyntaxError):
            return "line %s: %s" % (found.lineno, found.msg)
        return "%s: %s" % (type(found).__name__, found)
    return None


def main(directory):
    with open(os.path.join(directory, "jobs.json"), encoding="ascii") as file:
        jobs = json.load(file)
    failures = {job["source"]: compile_one(directory, job) for job in jobs}
    failures = {name: why for name, why in failures.items() if why}
    with open(os.path.join(directory, "outcome.json"), "w", encoding="ascii") as file:
        json.dump(failures, file)


if __name__ == "__main__":
    main(sys.argv[1])
