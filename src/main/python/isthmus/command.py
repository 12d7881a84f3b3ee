"""Runs a Python command inside a web application: `java -jar app.war run ...`.

    java ... org.python.util.jython -m isthmus.command WEB-INF manage.py migrate

The command is a file of WEB-INF/app (or any other), a module (as with ``python -m``),
or ``-c`` and code. sys.path is the web application's, sys.argv the command's own.
"""

from __future__ import absolute_import

import os
import runpy
import sys
import traceback

from isthmus import paths


def run(web_inf, command):
    """Run a command as ``__main__``.

    :param web_inf: the path of WEB-INF as a directory of real files.
    :param command: its words, the first of which names it.
    """
    # Jython put this here for itself: the directory that it was started in.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]
    paths.install(web_inf)
    name, rest = command[0], list(command[1:])
    if name == "-c" and rest:
        sys.argv[:] = ["-c"] + rest[1:]
        # The namespace of Python's own -c.
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})
        return
    if name == "-m" and rest:
        name = rest.pop(0)
    else:
        path = _file(web_inf, name)
        if path is not None:
            sys.argv[:] = [path] + rest
            if os.path.dirname(path) not in sys.path:
                sys.path.insert(0, os.path.dirname(path))
            runpy.run_path(path, run_name="__main__")
            return
    sys.argv[:] = [name] + rest
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def _file(web_inf, name):
    """The file that a command names, first in the application; or None."""
    for directory in (os.path.join(web_inf, "app"), os.getcwd()):
        path = os.path.join(directory, name)
        if os.path.isfile(path):
            return path
    return None


def execute(web_inf, command):
    """Run a command, and exit with the status that CPython would exit with."""
    try:
        run(web_inf, command)
    except SystemExit:
        raise
    except BaseException:
        kind, value, trace = sys.exc_info()
        if issubclass(kind, ImportError) and _is_runpys(trace.tb_next):
            # As `python -m` has it.
            sys.stderr.write("%s\n" % value)
            sys.exit(1)
        # Without this module's own two frames, and not with Jython's status of 255.
        traceback.print_exception(kind, value, trace.tb_next.tb_next or trace)
        # As a shell has it for SIGINT.
        sys.exit(130 if kind is KeyboardInterrupt else 1)


def _is_runpys(trace):
    """Whether no code of the command has run: the module is not there."""
    own = True
    trace = trace.tb_next
    while trace is not None and own:
        own = trace.tb_frame.f_globals.get("__name__") in ("runpy", "pkgutil")
        trace = trace.tb_next
    return own


def main(arguments):
    """Run a command on Jython."""
    # Not above: this is for Jython.
    from isthmus.jython import repairs

    repairs.install()
    execute(arguments[0], arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
