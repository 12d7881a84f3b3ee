"""`isthmus doctor`: what is wrong with a web application, a container or a machine."""

import json
from pathlib import Path

import click

from isthmus_cli import console, words
from isthmus_cli.doctor import checkup, machine, site
from isthmus_cli.doctor.signs import ERROR
from isthmus_cli.exit_codes import DONE, FINDINGS
from isthmus_cli.names import counted
from isthmus_cli.rules import ToolError


@click.command()
@click.argument("what", required=False)
@click.option(
    "--container",
    metavar="DIR|URL",
    help="Check whether this Tomcat or Jetty can run the web application: its"
    " installation directory, or a URL that it serves.",
)
@words.ENGINE
@click.option(
    "--import",
    "imports",
    is_flag=True,
    help="Also import the application, on the Python in the WAR, as `isthmus war` does:"
    " this runs its code.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, for programs."
)
def command(what, container, engine, imports, as_json):
    """Check for common problems, and say how to fix them.

    WHAT is a WAR, a directory with an unpacked one, or the URL of a running web
    application. Without it, doctor checks this machine and the project in this
    directory. It changes nothing, and does not run the application, unless --import
    is given.

    \b
    isthmus doctor                                   # this machine and project
    isthmus doctor shop.war --import
    isthmus doctor shop.war --container /opt/tomcat
    isthmus doctor https://example.org/shop/

    The exit code is 1 if it finds an error, 0 if it finds none, and 3 if WHAT or the
    container cannot be examined, or if this machine cannot run the import.
    """
    if container and (not what or "://" in what):
        raise click.UsageError("--container needs a WAR or a directory.")
    if imports and (not what or "://" in what):
        raise click.UsageError("--import needs a WAR or a directory.")
    findings, seen = _look(what, container, engine)
    failure = None
    if imports:
        try:
            findings = checkup.in_order([*findings, *checkup.importing(what)])
        except ToolError as error:
            # Last: the other findings do not depend on it.
            failure = error
    if as_json:
        rows = [finding._asdict() for finding in findings]
        click.echo(json.dumps({"seen": seen, "findings": rows}, indent=1))
    else:
        _show(findings, seen)
    if failure:
        raise failure
    return FINDINGS if any(f.severity == ERROR for f in findings) else DONE


def _look(what, container, engine):
    if not what:
        return machine.check(Path.cwd(), engine)
    if "://" in what:
        return site.check(what)
    return checkup.of(what, container)


def _show(findings, seen):
    out = console.out()
    for line in seen:
        out.print(line)
    for finding in findings:
        out.print(finding.text())
    errors = sum(finding.severity == ERROR for finding in findings)
    counts = counted(errors, "error"), counted(len(findings) - errors, "warning")
    out.print("%s, %s" % counts)
