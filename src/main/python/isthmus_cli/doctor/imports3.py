"""Makes the CPython in a web application import the application.

It runs in its own process, which ends with the import. An application that was imported
without errors is not imported again until any of it changes.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import isthmus
from isthmus_cli import artifacts, console
from isthmus_cli.cpython import importer, pruning, releases, running
from isthmus_cli.doctor import imported, web_xml
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import APP, CPYTHON, LIB_PYTHON
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

_TIMEOUT_SECONDS = 60


def check(app):
    """Yield the Findings of importing each application of a WebApp.

    :raises ToolError: it has no CPython for this machine; or sys.path has entries
        that cannot be seen here.
    """
    read = web_xml.to_import(app)
    if read is None:
        return
    here = releases.here()
    archive = "%s%s.zip" % (CPYTHON, here)
    if archive not in app.names:
        why = "it has no CPython for %s" % here
        raise ToolError(Python3Rule.IMPORT_IMPOSSIBLE, app.path, why)
    preload = web_xml.preloaded(read)
    for spec in web_xml.applications(read):
        yield from _imported(app, archive, {"app": spec, "preload": preload})


def _imported(app, archive, job):
    mark = imported.mark(app, [*_needed(app), archive], job)
    if mark.exists():
        return
    display = job["app"] or "app/wsgi.py or app/app.py"
    with console.err().status("Importing %s" % display):
        outcome = _import(app, archive, job)
    if outcome is None:
        yield found(Sign.IMPORT_SLOW, display, _TIMEOUT_SECONDS)
    elif not outcome:
        artifacts.keep(b"", mark)
    else:
        sign = Sign.IMPORT_RAISES if outcome["raised"] else Sign.IMPORT_FAILS
        remedy = ("",) if outcome["raised"] else ()
        yield found(sign, display, _with_place(outcome), remedy=remedy)


def _with_place(outcome):
    """A message, and where the exception was raised."""
    lines = re.findall(r'File "(.+?)", line (\d+)', outcome["traceback"])
    # In the web application, if any is: os.environ raises in Python's own module os.
    own = [found for found in lines if found[0].startswith("WEB-INF/")] or lines
    place = " (line %s of %s)" % (own[-1][1], own[-1][0]) if own else ""
    return outcome["message"].rstrip(".") + place


def _import(app, archive, job):
    """The result of cpython.importer; None if the import takes too long."""
    with tempfile.TemporaryDirectory(prefix="isthmus-") as name:
        place = Path(name).resolve()
        with zipfile.ZipFile(BytesIO(app.read(archive))) as packed:
            packed.extractall(place / "cpython")
        python = place / "cpython" / pruning.PROGRAM
        python.chmod(0o755)
        for file in _needed(app):
            path = place.joinpath(*file.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(app.read(file))
        # Isthmus's own modules, without the tool's libraries beside them.
        own = Path(isthmus.__file__).parent
        # Other processes may be writing its bytecode.
        sources = shutil.ignore_patterns("__pycache__")
        shutil.copytree(own, place / "python" / own.name, ignore=sources)
        places = {"python": str(place / "python"), "web_inf": str(place / "WEB-INF")}
        (place / "job.json").write_text(json.dumps({**job, **places}), "ascii")
        try:
            done = running.run(
                [python, "-s", "-B", importer.__file__, place],
                cwd=place,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                capture_output=False,
                timeout=_TIMEOUT_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return None
        outcome = place / "outcome.json"
        if not outcome.is_file():
            raise ToolError(
                Python3Rule.PYTHON_FAILED, python, running.last_lines(done.stderr)
            )
        text = outcome.read_text("ascii").replace("%s%s" % (place, os.sep), "")
        return _ended(done) if text == "null" else json.loads(text)


def _ended(done):
    """The result if the application has ended the process: os._exit, or a crash."""
    output = running.last_lines(done.stderr)
    message = "it ended its process with status %d" % done.returncode
    return {
        "message": "%s: %s" % (message, output) if output else message,
        "traceback": "",
        "raised": True,
    }


def _needed(app):
    return [name for name in app.names if name.startswith((APP, LIB_PYTHON))]
