"""`isthmus run-cgi`: an application as a CGI program."""

import os
import sys
from pathlib import Path

import click

from isthmus_cli import apps, cgi_application
from isthmus_cli.cpython import environments
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
    except ToolError:
        cgi_application.refuse()
        raise
    places = [str(path) for path in (found.root, *found.further)]
    python = environments.find(Path.cwd())
    if python and not python.parents[1].samefile(sys.prefix):
        own = Path(cgi_application.__file__).parents[1]
        words = [python, "-c", cgi_application.START, own]
        words += [found.spec, found.in_place(), *places]
        os.execv(python, [str(word) for word in words])
    cgi_application.run(found.spec, found.in_place(), places)
