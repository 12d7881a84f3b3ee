"""`isthmus serve`: the application on Jetty, reloaded when it changes."""

import os
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from isthmus_cli import (
    apps,
    console,
    engines,
    jdk,
    leftovers,
    lock_names,
    project,
    serving,
    terminal,
    words,
)
from isthmus_cli.cpython import environments, runtime
from isthmus_cli.cpython import war as cpython
from isthmus_cli.doctor import project_app, project_sources
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError
from isthmus_cli.war import compiling, java_libraries, libraries

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DIRECTORY = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(cls=project.ProjectCommand)
@click.argument("app", required=False)
@words.ENGINE
@cpython.PYTHON
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
@click.option("--lib", type=_DIRECTORY, help="A directory of installed libraries.")
@words.STATIC
@click.option(
    "--watch",
    multiple=True,
    metavar="PATTERN",
    help="More files to watch, such as templates or 'data/**.json'.",
)
@click.option(
    "--jndi",
    multiple=True,
    callback=words.data_sources,
    metavar="NAME=URL",
    help="Provide a pool of connections to a database, such as"
    " jdbc/shop=jdbc:postgresql://localhost/shop.",
)
@click.option(
    "--jndi-user",
    "jndi_users",
    multiple=True,
    metavar="NAME=USER",
    help="The database's user for it, if it is not in the URL.",
)
@click.option(
    "--jndi-password",
    "jndi_passwords",
    multiple=True,
    metavar="NAME=SOURCE",
    help="The user's password: NAME=file:PATH or NAME=env:VARIABLE.",
)
@words.JAVA_LIB
@words.STATUS
@words.CONTEXT_PARAM
@click.option(
    "--debug",
    "debugs",
    is_flag=True,
    help="Let breakpoint() and pdb use this terminal; one request at a time, without"
    " time limits. For Python 3.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in a browser.")
@click.pass_context
def command(
    context, app, servlet, watch, context_params, has_status, debugs, opens, **options
):
    """Serve an application while you develop it.

    APP is module:callable, path/to/app.py:callable, or a Paste Deploy .ini file;
    without it, the application is found as by `isthmus war`. When a file that it has
    imported changes, it is imported again; the old one serves until that succeeds.
    Errors are shown here, and in a browser on this machine.

    Python 3 runs in the project's virtual environment: the active one, .venv or venv.
    If there is none, it runs on the CPython that `isthmus war` would include.

    \b
    isthmus serve
    isthmus serve shop:app -r requirements.txt --static public
    """
    found = apps.find(app, Path.cwd())
    project_app.check_source(
        found, Path.cwd(), *libraries.wanted(context), is_served=True
    )
    choice = engines.choose(
        options["engine"], found.root, options["requirements"], options["lib"]
    )
    if not options["engine"]:
        engines.tell(choice)
    if debugs and choice.name != engines.CPYTHON:
        raise click.UsageError("--debug: with --engine %s alone." % engines.CPYTHON)
    debugger = terminal.path() if debugs else None
    java = jdk.find(jdk.JETTY)
    # The rest may take a while, especially on the first run.
    console.err().print("Starting %s" % found.spec)
    with leftovers.temporary("isthmus-serve-") as (temporary, kept):
        directory = temporary / "webapp"
        directory.mkdir()
        if choice.name == engines.CPYTHON:
            lib, python = _cpython(context, found, temporary / "lib", options)
        else:
            lib, python = _jython(context, found, temporary / "lib"), None
        servlet = "javax" if servlet == "javax" else "jakarta"
        written = (watch, context_params, has_status, python, debugger)
        serving.write(
            directory,
            found,
            servlet,
            lib,
            *written,
            jars=[library.path for library in java_libraries.of(options["java_libs"])],
            data_sources=list(options["jndi"]),
        )
        launcher = list(_launcher(options))
        launcher += ["--war", str(directory), "--workdir", str(temporary / "work")]
        started = serving.command(java, servlet, temporary, launcher)
        with terminal.restored() if debugger else nullcontext():
            return serving.run(started, opens, kept)


def _jython(context, found, directory):
    """The directory of libraries, or None."""
    installed = libraries.of(*libraries.wanted(context), found.root, directory)
    if installed.lock:
        # Only Isthmus's own, so that no start or reload has to compile them.
        compiling.compile_beside(installed.directory)
    return installed.directory


def _cpython(context, found, directory, options):
    """The directory of libraries, or None; and the path of the Python to use."""
    file, lib, chosen = libraries.wanted(context)
    # Poetry and Pipenv take their time, so they are asked only if it counts.
    is_own = file is None and not options["python"]
    own = None
    if is_own:
        own, passed = environments.look(Path.cwd(), asks=True)
        for error in passed:
            console.err().print(str(error))
    if own:
        _tell(own, environments.version(own.parents[1]))
        _compare(own)
        return lib, own
    war_python = cpython.of_options(options["python"], (), Path.cwd())
    more = war_python.installing(), lock_names.PYLOCK
    installed = libraries.of(file, lib, chosen, found.root, directory, *more)
    python = runtime.program(war_python.release)
    _tell(python, war_python.release.version)
    return installed.directory, python


def _tell(python, version):
    console.err().print("Python %s: %s" % (version or 3, python))


def _compare(python):
    """Say so if `isthmus war` would take another Python."""
    try:
        project_sources.war_python(Path.cwd()).check(python)
    except ToolError as differs:
        # Others are for `isthmus war` to report.
        if differs.rule is Python3Rule.PYTHONS_DIFFER:
            console.err().print(str(differs))


def _launcher(options):
    """The launcher's own options, as words."""
    for name in ("port", "host", "threads"):
        if options[name] is not None:
            yield "--%s=%s" % (name, options[name])
    for directory, place in options["static"]:
        yield "--static=%s=%s" % (directory.resolve(), place)
    for name, url in options["jndi"].items():
        if url:
            yield "--jndi=%s=%s" % (name, url)
    for word in options["jndi_users"]:
        yield "--jndi-user=" + word
    for word in options["jndi_passwords"]:
        yield "--jndi-password=" + word
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    yield "--access-log=" + ("colour" if colours else "short")
