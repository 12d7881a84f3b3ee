"""`isthmus run-cgi`: an application as a CGI program."""

import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import click

from isthmus_cli import apps, cgi, console
from isthmus_cli.rules import Rule, ToolError

# Rules of isthmus.loading, in this command's terms, with the values shown.
_MESSAGES = {
    "MODULE_ABSENT": ("there is no module '%s'%s", (0, 1)),
    "CALLABLE_ABSENT": ("%s has no '%s'%s", (0, 2, 3)),
    "NOT_CALLABLE": ("it is %s, which is not callable", (1,)),
}


@click.command()
@click.argument("app", required=False)
def command(app):
    """Run a Python application as a CGI program, on this Python.

    APP is module:callable, package.module:factory() or path/to/app.py:callable; without
    it, the application is found as by `isthmus war`. A web server starts a script like

    \b
    #!/bin/sh
    cd /srv/hello && exec isthmus run-cgi hello:application

    \b
    for each request. In a terminal, it answers a GET of /, or of what you set:
    PATH_INFO=/shop QUERY_STRING=page=2 isthmus run-cgi hello:application
    """
    body, out = sys.stdin.buffer, sys.stdout.buffer
    try:
        # Printed text is for the log, not for the client.
        with redirect_stdout(sys.stderr):
            application = _load(app)
    except ToolError:
        if "GATEWAY_INTERFACE" in os.environ:
            cgi.refuse(body, out)
        raise
    with redirect_stdout(sys.stderr):
        cgi.run(application, body, out)


def _load(app):
    found = apps.find(app, Path.cwd())
    sys.path[:0] = [str(path) for path in (found.root, *found.further)]
    # The same code as in the servlet container, so names have one meaning everywhere.
    from isthmus import loading

    try:
        return loading.load(found.in_place(), None)[0]
    except loading.LoadError as error:
        text, used = _MESSAGES.get(error.rule, ("see the traceback above", ()))
        if error.rule not in _MESSAGES:
            console.err().print(str(error))
        why = text % tuple(error.values[index] for index in used)
        raise ToolError(Rule.CGI_APP_FAILED, found.spec, why) from error
