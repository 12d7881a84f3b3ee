"""`isthmus new`: a project to start from."""

from pathlib import Path

import click

from isthmus_cli import console, starting


@click.command()
@click.argument("directory", metavar="NAME", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(list(starting.KINDS)),
    default="hello",
    show_default=True,
    help="Plain WSGI, Flask, Django, or an application that Paste Deploy configures.",
)
def command(directory, kind):
    """Make a starter project in a new directory, with a test that passes.

    \b
    isthmus new greeter && cd greeter && python -m unittest
    isthmus new shop --kind flask
    """
    starting.start(directory, kind)
    console.out().print("Made %s. Next:" % directory)
    for step in ("cd %s" % directory, "python -m unittest", "isthmus war"):
        console.out().print("  " + step)
