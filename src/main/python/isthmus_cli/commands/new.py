"""`isthmus new`: a project to start from."""

import shlex
from pathlib import Path

import click

from isthmus_cli import console, engines, starting
from isthmus_cli.rules import Rule, ToolError


@click.command()
@click.argument("directory", metavar="NAME", type=click.Path())
@click.option(
    "--kind",
    type=click.Choice([*starting.KINDS, *starting.SAME]),
    default="hello",
    show_default=True,
    help="Plain WSGI, Flask, Django, or an application configured by Paste Deploy.",
)
@click.option(
    "--engine",
    type=click.Choice(engines.NAMES),
    default=engines.CPYTHON,
    show_default=True,
    help="cpython for Python 3, jython for Python 2.7.",
)
def command(directory, kind, engine):
    """Create a starter project, with a passing test.

    NAME is a new or an empty directory, such as `.`.

    \b
    isthmus new greeter
    isthmus new shop --kind flask
    isthmus new shop --kind flask --engine jython
    """
    if not directory:
        # As a path, it would mean this directory.
        raise ToolError(Rule.NAME_ODD, directory, starting.NOT_A_NAME)
    place = Path(directory)
    kind = starting.SAME.get(kind, kind)
    name = starting.start(place, kind, engine)
    steps = list(starting.KINDS[kind].steps(engine))
    if place.samefile("."):
        directory = name
    else:
        steps.insert(0, "cd %s" % shlex.quote(directory))
    console.out().print("Made %s. Next:" % directory)
    for step in steps:
        console.out().print("  " + step)
