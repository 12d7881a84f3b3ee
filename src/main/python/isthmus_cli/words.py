"""What several commands read in the same way from words of their command line."""

from pathlib import Path

import click

from isthmus_cli import bundled
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError


def pairs(_context, _parameter, values):
    """{name: value} of words NAME=VALUE."""
    for word in values:
        if not word.partition("=")[0] or "=" not in word:
            raise click.BadParameter("'%s' is not NAME=VALUE." % word)
    return dict(word.split("=", 1) for word in values)


def context_params(context, parameter, values):
    """{name: value} of words NAME=VALUE; what is named as a setting must be one."""
    params = pairs(context, parameter, values)
    named = [name for name in params if name.startswith("isthmus.")]
    known = [name for name, _, _ in bundled.settings()] if named else []
    for name in named:
        if name not in known:
            near = nearest(name, known)
            raise ToolError(Rule.CONTEXT_PARAM_UNKNOWN, name, near)
    return params


def places(_context, _parameter, values):
    """[(directory, path in the WAR)] of words DIR or DIR=PATH."""
    found = []
    for word in values:
        directory, _, place = word.partition("=")
        if not Path(directory).is_dir():
            raise click.BadParameter("there is no directory '%s'." % directory)
        found.append((Path(directory), place))
    return found


# Options that several commands have, so that pyproject.toml can say them once.
STATIC = click.option(
    "--static",
    multiple=True,
    callback=places,
    metavar="DIR[=PATH]",
    help="A directory of files for browsers, which come first, at / or at PATH.",
)
CONTEXT_PARAM = click.option(
    "--context-param",
    "context_params",
    multiple=True,
    callback=context_params,
    metavar="NAME=VALUE",
    help="A parameter of the web application: a setting of Isthmus, or your own.",
)
