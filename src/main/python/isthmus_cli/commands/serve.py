"""`isthmus serve`: the application on Jetty, reloaded when it changes."""

import os
import sys
from pathlib import Path

import click

from isthmus_cli import apps, console, jdk, plain, project, serving, words
from isthmus_cli.war import compiling, libraries

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DIRECTORY = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(cls=project.ProjectCommand)
@click.argument("app", required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The port; 0 picks a free one. By default the variable PORT, or 8080.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 admits other machines.",
)
@click.option("--threads", type=click.IntRange(8, 99999), help="Max number of threads.")
@click.option(
    "--servlet",
    type=click.Choice(["jakarta", "javax", "both"]),
    default="jakarta",
    show_default=True,
    help="The servlet namespace; here, `both` means jakarta.",
)
@click.option(
    "-r",
    "--requirements",
    type=_FILE,
    help="Install the libraries of this file and its lock, for this run.",
)
@words.EXTRA
@words.GROUP
@click.option("--lib", type=_DIRECTORY, help="A directory of libraries for Python 2.7.")
@words.STATIC
@click.option(
    "--watch",
    multiple=True,
    metavar="PATTERN",
    help="More files to watch, such as templates or 'data/**.json'.",
)
@words.STATUS
@words.CONTEXT_PARAM
@click.option("--open", "opens", is_flag=True, help="Open it in a browser.")
@click.pass_context
def command(context, app, servlet, watch, context_params, has_status, opens, **options):
    """Serve an application while you develop it.

    APP is module:callable, path/to/app.py:callable, or a Paste Deploy .ini file;
    without it, the application is found as by `isthmus war`. When a file that it has
    imported changes, it is imported again; the old one serves until that succeeds.
    Errors are shown here, and in a browser on this machine.

    \b
    isthmus serve
    isthmus serve shop:app -r requirements.txt --static public
    """
    found = apps.find(app, Path.cwd())
    java = jdk.find(jdk.JETTY)
    # The rest may take a while, especially on the first run.
    console.err().print("Starting %s" % found.spec)
    with plain.temporary("isthmus-serve-") as temporary:
        directory = temporary / "webapp"
        directory.mkdir()
        wanted = libraries.wanted(context)
        installed = libraries.of(*wanted, found.root, temporary / "lib")
        if installed.lock:
            # Only Isthmus's own, so that no start or reload has to compile them.
            compiling.compile_beside(installed.directory)
        lib = installed.directory
        servlet = "javax" if servlet == "javax" else "jakarta"
        written = (watch, context_params, has_status)
        serving.write(directory, found, servlet, lib, *written)
        launcher = list(_launcher(options))
        launcher += ["--war", str(directory), "--workdir", str(temporary / "work")]
        return serving.run(serving.command(java, servlet, temporary, launcher), opens)


def _launcher(options):
    """The launcher's own options, as words."""
    for name in ("port", "host", "threads"):
        if options[name] is not None:
            yield "--%s=%s" % (name, options[name])
    for directory, place in options["static"]:
        yield "--static=%s=%s" % (directory.resolve(), place)
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    yield "--access-log=" + ("colour" if colours else "short")
