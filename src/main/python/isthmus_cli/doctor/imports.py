"""Makes Jython import the application, as its container would, to see if that works.

It runs in its own process, which ends with the import. An application that was imported
without errors is not imported again until any of it changes.
"""

import json
import os
import re
import subprocess

from isthmus_cli import artifacts, console, jdk, plain
from isthmus_cli.doctor import imported, jars, web_xml
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import APP, LIB, LIB_PYTHON
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import compiling, launcher

_OR_PYTHON_3 = ", or build with --engine cpython if it is for Python 3"
_CLASSES = "WEB-INF/classes/"
_TIMEOUT_SECONDS = 60
_PRELOAD = "isthmus.preload"
# Other exceptions may be due to a missing data source, variable, or network.
_RAISED = ("MODULE_FAILED", "FACTORY_FAILED", "PRELOAD_FAILED")
# What only the container's log has, below the message.
_BELOW = re.compile(r", which (the traceback below shows|follows)$")
_SERVLET = re.compile(r"\b(javax|jakarta)[./]servlet\b")
_LAST_LINES = 5


def check(app):
    """Yield the Findings of importing each application of a WebApp.

    :raises ToolError: there is no Java, or no Jython; or sys.path has entries that
        cannot be seen here.
    """
    read = web_xml.to_import(app)
    if read is None:
        return
    preload = web_xml.preloaded(read)
    for spec in web_xml.applications(read):
        yield from _imported(app, spec, preload)


def _imported(app, spec, preload):
    job = {"app": spec, "preload": preload}
    engine = [artifact.sha256 for artifact in artifacts.wanted("jython")]
    mark = imported.mark(app, _needed(app), job, engine)
    if mark.exists():
        return
    with console.err().status("Importing %s" % (spec or "the application")):
        outcome = _import(app, job)
    named = spec or "app/wsgi.py or app/app.py"
    if outcome is None:
        yield found(Sign.IMPORT_SLOW, named, _TIMEOUT_SECONDS)
    elif not outcome:
        artifacts.keep(b"", mark)
    elif not _SERVLET.search(outcome["message"] + outcome["traceback"]):
        # The container's own classes are not here; everything else is.
        raised = outcome["rule"] in _RAISED
        sign = Sign.IMPORT_RAISES if raised else Sign.IMPORT_FAILS
        remedy = (_OR_PYTHON_3,) if raised else ()
        yield found(sign, named, _message(outcome), remedy=remedy)


def _message(outcome):
    """The message, with the place of the exception instead of its traceback."""
    whole = outcome["message"].rpartition(" See ")[0].rstrip(".")
    message = _BELOW.sub("", whole)
    lines = re.findall(r'File "(.+?)", line (\d+)', outcome["traceback"])
    if message == whole or not lines:
        return message
    return "%s (line %s of %s)" % (message, *reversed(lines[-1]))


def _import(app, job):
    """The result of isthmus.jython.checking; None if the import takes too long."""
    with plain.temporary("isthmus-") as place:
        class_path = plain.class_path(_lay_out(app, place), place)
        job = dict(job, web_inf=str(place / "WEB-INF"))
        (place / "job.json").write_text(json.dumps(job), "ascii")
        command = [str(jdk.find().java), *compiling.OPTIONS]
        # As containers have it: without them, os.fstat of an open file is EBADF.
        command += ["--add-opens=%s=ALL-UNNAMED" % name for name in launcher.OPENS]
        command += ["-cp", class_path, "org.python.util.jython"]
        command += ["-m", "isthmus.jython.checking", str(place)]
        try:
            done = subprocess.run(
                command,
                cwd=place,
                # Otherwise Java cannot open files with names beyond this locale.
                env=dict(os.environ, LC_ALL="C.UTF-8"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                timeout=_TIMEOUT_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return None
        outcome = place / "outcome.json"
        if not outcome.is_file():
            last = " / ".join(done.stderr.strip().splitlines()[-_LAST_LINES:])
            raise ToolError(Rule.JYTHON_FAILED, done.returncode, last)
        return json.loads(outcome.read_text("ascii").replace("%s/" % place, ""))


def _lay_out(app, place):
    """Write the files of an application in the layout of WEB-INF; return the jars."""
    for name in _needed(app):
        path = place.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(app.read(name))
        # Bytecode is used if it is no older than its source.
        os.utime(path, (0, 0))
    isthmus = artifacts.isthmus(jars.side(app) or "jakarta")
    others = [place / jar.name for jar in app.jars if _is_java(jar)]
    return [isthmus, *artifacts.jython(), *others, place / _CLASSES]


def _needed(app):
    own = [jar.name for jar in app.jars if _is_java(jar)]
    directories = (APP, LIB_PYTHON, _CLASSES)
    return [name for name in app.names if name.startswith(directories) or name in own]


def _is_java(jar):
    return jar.name.startswith(LIB) and not (jar.is_isthmus or jar.is_jython)
