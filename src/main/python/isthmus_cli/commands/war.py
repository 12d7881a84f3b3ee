"""`isthmus war`: a web application for servlet containers, of Python source."""

import tempfile
from pathlib import Path

import click

from isthmus_cli import apps, console, project, words
from isthmus_cli.doctor import checkup, imports
from isthmus_cli.doctor.signs import ERROR
from isthmus_cli.war import archive, building, libraries, output, web_xml

NAMESPACES = {
    "jakarta": ("jakarta",),
    "javax": ("javax",),
    "both": ("jakarta", "javax"),
}

_DIRECTORY = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_WRITTEN = ("context_params", "jndi", "resource_refs", "distributable", "name")


@click.command(cls=project.ProjectCommand)
@click.argument("app", required=False)
@click.option(
    "-o",
    "--output",
    "named",
    metavar="PATH",
    help="The file to write, or an existing directory for it; by default the project's"
    " name and .war.",
)
@click.option(
    "-r",
    "--requirements",
    type=_FILE,
    help="Libraries, as `isthmus lock` finds them; its lock decides, if there is one.",
)
@click.option(
    "--lib",
    type=_DIRECTORY,
    help="Instead: a directory of libraries for Python 2.7.",
)
@click.option(
    "--servlet",
    type=click.Choice(list(NAMESPACES)),
    default="jakarta",
    show_default=True,
    help="jakarta for Tomcat 10 and Jetty ee9 or later, javax for Tomcat 9 and Jetty"
    " ee8; both writes two files.",
)
@click.option(
    "--name",
    help="What the container's lists call it; by default the project's name.",
)
@words.STATIC
@click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    help="Take what is usually left out, such as tests.",
)
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave something out."
)
@click.option("--web-xml", type=_FILE, help="Your own WEB-INF/web.xml.")
@words.CONTEXT_PARAM
@click.option(
    "--jndi",
    multiple=True,
    metavar="NAME",
    help="A data source of the container's, such as jdbc/shop.",
)
@click.option(
    "--resource-ref",
    "resource_refs",
    multiple=True,
    callback=words.pairs,
    metavar="NAME=TYPE",
    help="Another resource of the container's, with its Java type.",
)
@click.option(
    "--distributable", is_flag=True, help="Sessions may move between servers."
)
@click.option(
    "--jython",
    type=click.Choice(["slim", "standalone", "none"]),
    default="slim",
    show_default=True,
    help="Jython as a jar for each library, as one jar, or left to the container.",
)
@click.option(
    "--precompile/--no-precompile",
    default=True,
    show_default=True,
    help="Put bytecode beside each source, for a faster start.",
)
@click.option(
    "--strip",
    is_flag=True,
    help="Leave tests, documents, stubs and modules in C out of the libraries.",
)
@click.option(
    "--executable", is_flag=True, help="`java -jar` runs it too, on the Jetty in it."
)
@click.option(
    "--check/--no-check",
    "checked",
    default=True,
    show_default=True,
    help="Have Jython import the application, if it has changed.",
)
@click.option("--exploded", is_flag=True, help="Write a directory, not an archive.")
@click.option(
    "--list", "listed", is_flag=True, help="Only show what would be in it, with sizes."
)
@click.pass_context
def command(context, app, named, listed, exploded, servlet, checked, **options):
    """Make a web application (WAR) of a Python application.

    APP is module:callable, path/to/app.py:callable, or an .ini file of Paste Deploy's.
    Without it, `application` or `app` is looked for in wsgi.py, app.py and hello.py,
    then in a wsgi.py one directory below (Django), then an .ini file with a main
    section. All files beside it go into WEB-INF, but for hidden ones, tests, builds.

    \b
    isthmus war                                   # by convention
    isthmus war shop:app -r requirements.txt -o shop.war
    isthmus war --static public --jndi jdbc/shop
    isthmus war --list | sort -n

    What `isthmus doctor` finds in the sources of the result is told of as well.

    Each option can stand in pyproject.toml, as a key of [tool.isthmus].
    """
    here = Path.cwd()
    found = apps.find(app, here)
    if exploded and options["executable"]:
        raise click.UsageError("--exploded and --executable: only one of them.")
    name = _default_name(here, found.root)
    kept = (here, found.root) if exploded else None
    targets = {n: _target(named, name, n, servlet, kept) for n in NAMESPACES[servlet]}
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        wanted = libraries.wanted(context)
        options["libraries"] = libraries.of(*wanted, found.root, Path(place, "lib"))
        plan = _plan(context, found, options, name, list(targets.values()))
        entries = building.collect(plan)
        building.add_bytecode(entries, plan)
        for namespace, target in targets.items():
            whole = building.with_java(entries, plan, namespace)
            if listed:
                _show(whole)
            else:
                write = archive.write_directory if exploded else archive.write
                write(whole, target)
                console.out().print(str(target))
    if not listed:
        _look_at(next(iter(targets.values())), checked)


def _look_at(target, checked):
    """Tell of the errors that the doctor finds in the descriptor and the sources."""
    for finding in checkup.within(target, checked):
        if finding.severity == ERROR or finding.code in imports.CODES:
            console.err().print(finding.text())


def _default_name(here, root):
    """The project's name, or its directory's."""
    return project.name(here) or root.resolve().name or "application"


def _target(named, name, namespace, servlet, kept):
    """The path of the WAR for a namespace: the second of two says which it is."""
    addition = "-javax" if servlet == "both" and namespace == "javax" else ""
    if kept:
        return output.directory(named, name, addition, kept)
    return output.archive(named, name, addition)


def _plan(context, found, options, name, targets):
    name = options["name"] or name
    return building.Plan(
        name=name,
        app=found,
        excluded=list(options["exclude"]),
        included=list(options["include"]),
        ignored=targets,
        public=options["static"],
        libraries=options["libraries"],
        descriptor=_descriptor(context, found, options, name),
        jython=options["jython"],
        precompile=options["precompile"],
        strip=options["strip"],
        executable=options["executable"],
    )


def _descriptor(context, found, options, name):
    if options["web_xml"]:
        given = [name for name in _WRITTEN if options[name]]
        if given:
            names = {p.name: max(p.opts, key=len) for p in context.command.params}
            told = ", ".join(names[name] for name in given)
            raise click.UsageError("%s: write it into your --web-xml." % told)
        return web_xml.read(options["web_xml"])
    sources = dict.fromkeys(options["jndi"], web_xml.DATA_SOURCE)
    return web_xml.Description(
        name=name,
        app=found.spec,
        has_files=bool(options["static"]),
        context_params=options["context_params"],
        resources={**sources, **options["resource_refs"]},
        distributable=options["distributable"],
    )


def _show(entries):
    for name in sorted(entries):
        console.out().print("%10d  %s" % (archive.size(entries[name]), name))
