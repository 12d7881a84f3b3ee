"""`isthmus war`: a web application for servlet containers, of Python source."""

import tempfile
from collections import Counter
from pathlib import Path

import click

from isthmus_cli import (
    apps,
    console,
    engines,
    layouts,
    lock_names,
    poetry,
    project,
    words,
)
from isthmus_cli.cpython import war as cpython
from isthmus_cli.doctor import checkup, project_app
from isthmus_cli.doctor.signs import ERROR
from isthmus_cli.exit_codes import DONE, FINDINGS
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import (
    archive,
    building,
    descriptor,
    java_libraries,
    libraries,
    output,
    sizes,
    times,
)

NAMESPACES = {
    "jakarta": ("jakarta",),
    "javax": ("javax",),
    "both": ("jakarta", "javax"),
}

_DIRECTORY = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
# A machine that builds a WAR need not be able to run it.
_NOT_HERE = (
    Rule.JDK_ABSENT,
    Rule.JDK_WRONG,
    Rule.ARTIFACT_ABSENT,
    Python3Rule.IMPORT_IMPOSSIBLE,
)


@click.command(cls=project.ProjectCommand)
@click.argument("app", required=False)
@words.ENGINE
@cpython.PYTHON
@cpython.PLATFORM
@click.option(
    "-o",
    "--output",
    "named",
    metavar="PATH",
    help="The file to write, or an existing directory for it; by default the project's"
    " name with .war.",
)
@click.option(
    "-r",
    "--requirements",
    type=_FILE,
    help="Add these libraries, as `isthmus lock` finds them; an existing lock wins. By"
    " default requirements.txt or pyproject.toml.",
)
@words.EXTRA
@words.GROUP
@click.option(
    "--lib",
    type=_DIRECTORY,
    help="Alternatively, a directory of installed libraries.",
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
    help="Its name in the container's lists; by default the project's name.",
)
@words.STATIC
@click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    help="Include files that are usually left out, such as tests.",
)
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave these files out."
)
@click.option("--web-xml", type=_FILE, help="Your own WEB-INF/web.xml.")
@words.CONTEXT_PARAM
@click.option(
    "--jndi",
    multiple=True,
    callback=words.data_sources,
    metavar="NAME",
    help="A data source that the container provides, such as jdbc/shop. For NAME=URL,"
    " see `isthmus serve`.",
)
@click.option(
    "--resource-ref",
    "resource_refs",
    multiple=True,
    callback=words.further_pairs,
    metavar="NAME=TYPE",
    help="Another resource that the container provides, with its Java type.",
)
@click.option(
    "--login",
    callback=words.logins,
    metavar="METHOD",
    help="Have the container log users in: basic, digest, client-cert, or form with"
    " =/login.html,/login-failed.html.",
)
@click.option(
    "--secure",
    "secured",
    multiple=True,
    callback=words.constraints,
    metavar="PATTERN=ROLE",
    help="Restrict these paths, such as /admin/*, to users with this role.",
)
@words.STATUS
@words.JAVA_LIB
@click.option(
    "--distributable", is_flag=True, help="Let sessions move between servers."
)
@click.option(
    "--jython",
    type=click.Choice(["slim", "standalone", "none"]),
    default="slim",
    show_default=True,
    help="Include Jython as one jar per library, as a single jar, or not at all.",
)
@click.option(
    "--precompile/--no-precompile",
    default=True,
    show_default=True,
    help="Add bytecode for each source, for a faster startup.",
)
@click.option(
    "--strip",
    is_flag=True,
    help="Strip tests, documentation and stubs from the libraries; for Jython, also C"
    " extensions; for CPython, debug symbols.",
)
@click.option(
    "--executable",
    is_flag=True,
    help="Let `java -jar` run it as well, on an embedded Jetty.",
)
@click.option(
    "--check/--no-check",
    "checked",
    default=True,
    show_default=True,
    help="Have its Python import the application, if it has changed.",
)
@click.option(
    "--exploded", is_flag=True, help="Write a directory instead of an archive."
)
@click.option(
    "--strict",
    is_flag=True,
    help="For CI: treat warnings as errors; the exit code is 1.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show every harmless finding, too.")
@click.option(
    "--list", "listed", is_flag=True, help="Only list what would be in it, with sizes."
)
@click.pass_context
def command(context, app, named, listed, exploded, servlet, checked, strict, **options):
    """Build a web application (WAR) from a Python application.

    APP is module:callable, path/to/app.py:callable, or a Paste Deploy .ini file.
    Without it, isthmus looks for `application`, `app` or `create_app()` in wsgi.py,
    app.py and hello.py, then in a wsgi.py one directory below (Django), then for an
    .ini file with a main section, then in packages. All files next to it go into
    WEB-INF, except hidden ones, tests and builds.

    \b
    isthmus war                                   # by convention
    isthmus war shop:app -r requirements.txt -o shop.war
    isthmus war --static public --jndi jdbc/shop
    isthmus war --list | sort -n
    isthmus war --engine cpython --platform linux-x86_64

    For Python 3, the WAR includes CPython and the libraries of requirements.txt or
    pyproject.toml (docs/python3.md); a server needs only a JDK.

    It also reports what `isthmus doctor` finds in the sources of the result; if there
    is an error among it, the exit code is 1, although the WAR is written.

    Each option can also be set in pyproject.toml, as a key of [tool.isthmus].
    """
    here = Path.cwd()
    found = apps.find(app, here)
    if exploded and options["executable"]:
        raise click.UsageError("--exploded and --executable: only one of them.")
    project_app.check_source(found, here, *libraries.wanted(context))
    choice = engines.choose(
        options["engine"], found.root, options["requirements"], options["lib"]
    )
    if not options["engine"]:
        engines.tell(choice)
    options["cpython"] = war_python = _war_python(context, choice, options)
    name = _default_name(here, found.root)
    kept = (here, found.root) if exploded else None
    targets = {n: _target(named, name, n, servlet, kept) for n in NAMESPACES[servlet]}
    with tempfile.TemporaryDirectory(prefix="isthmus-") as place:
        options["libraries"] = _libraries(
            context, war_python, found, Path(place, "lib")
        )
        plan = _plan(context, found, options, name, list(targets.values()))
        entries = building.collect(plan)
        when = times.of(entries, options["requirements"], here)
        building.add_bytecode(entries, plan, options["verbose"])
        for namespace, target in targets.items():
            whole = building.with_java(entries, plan, namespace)
            if listed:
                _show(whole)
            else:
                write = archive.write_directory if exploded else archive.write
                write(whole, target, when)
                console.out().print(str(target))
        if not listed:
            # Two differ in Isthmus's own jar alone.
            written = sizes.written(next(iter(targets.values())))
            console.err().print(sizes.described(written, plan))
    if listed:
        return DONE
    found = [f for target in targets.values() for f in checkup.within(target)]
    if checked and not any(finding.severity == ERROR for finding in found):
        found += _importing(next(iter(targets.values())))
    return _tell(list(dict.fromkeys(found)), strict, options["verbose"])


def _war_python(context, choice, options):
    """The cpython.war.WarPython of a Python 3 application; None for Jython."""
    explicit = click.core.ParameterSource.COMMANDLINE
    own = {engines.JYTHON: ("jython",), engines.CPYTHON: ("python", "platforms")}
    other = engines.CPYTHON if choice.name == engines.JYTHON else engines.JYTHON
    for name in own[other]:
        if context.get_parameter_source(name) is explicit:
            option = next(max(p.opts) for p in context.command.params if p.name == name)
            raise click.UsageError("%s: with --engine %s alone." % (option, other))
    if choice.name == engines.JYTHON:
        return None
    war_python = cpython.of_options(options["python"], options["platforms"], Path.cwd())
    if war_python.is_inside:
        # It may differ from the one that the application is developed on.
        line = "CPython %s goes into the WAR." % war_python.release.version
        console.err().print(line)
    for remark in war_python.remarks():
        console.err().print(remark)
    return war_python


def _libraries(context, war_python, found, directory):
    file, lib, chosen = libraries.wanted(context)
    if war_python is None:
        return libraries.of(file, lib, chosen, found.root, directory)
    installing = war_python.installing()
    return libraries.of(
        file, lib, chosen, found.root, directory, installing, lock_names.PYLOCK
    )


def _importing(target):
    """The Findings of the application's import, if it can be imported here."""
    try:
        return checkup.importing(target)
    except ToolError as error:
        if error.rule in _NOT_HERE:
            return []
        raise


def _tell(findings, strict, verbose):
    """Report what was found in the web application; return the exit code.

    Of similar warnings, only one is shown, with the number of the others, unless each
    counts.
    """
    err = console.err()
    warned = Counter(f.code for f in findings if f.severity != ERROR)
    for finding in findings:
        more = warned.pop(finding.code, 0) - 1
        if finding.severity == ERROR or strict or verbose:
            err.print(finding.text())
        elif more >= 0:
            hint = " (%d more like this: --verbose shows them.)" % more if more else ""
            err.print(finding.text() + hint)
    errors = any(finding.severity == ERROR for finding in findings)
    return FINDINGS if errors or (strict and findings) else DONE


def _default_name(here, root):
    """The project's name, or its directory's."""
    name = project.name(here) or poetry.table(project.read(here)).get("name")
    if name and isinstance(name, str):
        return name
    # Its sources may be in src/.
    place = next((d for d in (here, root.resolve().parent) if _has(d, root)), root)
    return place.resolve().name or "application"


def _has(directory, root):
    """Whether a directory keeps its packages in another one."""
    return root.resolve() in [path.resolve() for path in layouts.roots(directory)]


def _target(named, name, namespace, servlet, kept):
    """The path of the WAR for a namespace: the second of two has it in its name."""
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
        descriptor=descriptor.of(context, found, options, name),
        jython=options["jython"],
        cpython=options["cpython"],
        precompile=options["precompile"],
        strip=options["strip"],
        executable=options["executable"],
        java=java_libraries.of(options["java_libs"]),
    )


def _show(entries):
    for name in sorted(entries):
        console.out().print("%10d  %s" % (archive.size(entries[name]), name))
