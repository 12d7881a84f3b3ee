"""`isthmus run-cgi`: an application as a CGI program."""

import os
import subprocess
import sys
from pathlib import Path

import click

from isthmus_cli import apps, cgi_application
from isthmus_cli.cpython import environments
from isthmus_cli.exit_codes import DONE
from isthmus_cli.rules import ToolError


@click.command()
@click.argument("app", required=False)
def command(app):
    """Run a Python application as a CGI program.

    APP is module:callable, package.module:factory() or path/to/app.py:callable; without
    it, the application is found as by `isthmus war`. It runs in the project's virtual
    environment, as with `isthmus serve`, or else on the Python of this tool. A web
    server starts a script like

    \b
    #!/bin/sh
    cd /srv/hello && exec isthmus run-cgi hello:application

    \b
    for each request. In a terminal, it answers a GET of /, or of what you set:
    PATH_INFO=/shop QUERY_STRING=page=2 isthmus run-cgi hello:application
    """
    try:
        found = apps.find(app, Path.cwd())
        python = environments.find(Path.cwd())
    except ToolError:
        cgi_application.refuse()
        raise
    places = [str(path) for path in (found.root, *found.further)]
    if python and not python.parents[1].samefile(sys.prefix):
        own = Path(cgi_application.__file__).parents[1]
        words = [python, "-c", cgi_application.START, own]
        words += [found.spec, found.in_place(), *places]
        words = [str(word) for word in words]
        if sys.platform == "win32":
            # There, execv starts another process, and the server would see this one
            # end.
            return subprocess.call(words)
        os.execv(words[0], words)
    cgi_application.run(found.spec, found.in_place(), places)
    return DONE
