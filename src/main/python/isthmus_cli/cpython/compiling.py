"""Bytecode of CPython 3 for the sources of a web application.

Its validity depends on the source's digest or on nothing, not on a time (PEP 552): the
times of files in a WAR are all equal, and nothing is written on the server.
"""

import json
import tempfile
from pathlib import Path

from isthmus_cli.cpython import compiler, running
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError
from isthmus_cli.war import archive
from isthmus_cli.war.compiling import Offender

SOURCE = ".py"


def compile_sources(entries, roots, python, feature, is_checked):
    """Compile the sources among files.

    :param entries: {name: octets or path}.
    :param roots: the prefixes of names that are on sys.path, each with a "/".
    :param python: the path of the CPython that the bytecode is for.
    :param feature: its first two numbers, such as "3.13".
    :param is_checked: tells for a name whether Python is to notice later edits.
    :returns: {name of the bytecode: octets}, and a list of compiling.Offenders.
    """
    names = [n for n in sorted(entries) if n.endswith(SOURCE) and n.startswith(roots)]
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        jobs = [
            {
                "source": "%d.py" % number,
                "target": "%d.pyc" % number,
                "shown": _shown(name, roots),
                "checked": is_checked(name),
            }
            for number, name in enumerate(names)
        ]
        for job, name in zip(jobs, names):
            Path(place, job["source"]).write_bytes(archive.octets(entries[name]))
        Path(place, "jobs.json").write_text(json.dumps(jobs), "ascii")
        _run(python, place)
        refused = json.loads(Path(place, "outcome.json").read_text("ascii"))
        bytecode, offenders = {}, []
        for job, name in zip(jobs, names):
            if job["source"] in refused:
                offenders.append(Offender(name, refused[job["source"]]))
            else:
                octets = Path(place, job["target"]).read_bytes()
                bytecode[_cached(name, feature)] = octets
        return bytecode, offenders


def _shown(name, roots):
    root = next(root for root in roots if name.startswith(root))
    return name[len(root) :]


def _cached(name, feature):
    """The name of a source's bytecode (PEP 3147)."""
    directory, slash, file = name.rpartition("/")
    tag = "cpython-" + feature.replace(".", "")
    stem = file[: -len(SOURCE)]
    return "%s%s__pycache__/%s.%s.pyc" % (directory, slash, stem, tag)


def _run(python, place):
    # Not -I, which would ignore PYTHONHASHSEED.
    words = ["-s", "-S", "-W", "ignore", compiler.__file__, place]
    done = running.run([python, *words])
    if done.returncode != 0:
        raise ToolError(
            Python3Rule.PYTHON_FAILED, python, running.last_lines(done.stderr)
        )
