"""Collects the content of a web application, and writes it."""

from typing import NamedTuple

from isthmus_cli import (
    apps,
    artifacts,
    bindings,
    bundled,
    console,
    layouts,
    python3_syntax,
    sbom,
)
from isthmus_cli.names import counted, nearest
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import (
    archive,
    compiling,
    debug_symbols,
    further,
    launcher,
    refusing,
    stripping,
    tree,
    web_xml,
)

APP = "WEB-INF/app/"
LIBRARIES = "WEB-INF/lib-python/"
JAVA = "WEB-INF/lib/"
JYTHON = "WEB-INF/jython/"
CPYTHON = "WEB-INF/cpython/"
MANIFEST = "META-INF/MANIFEST.MF"
DESCRIPTOR = "WEB-INF/web.xml"

_LONGEST_QUOTE = 60


class Plan(NamedTuple):
    """The plan of a web application.

    name        what the container's lists and the bill of materials show
    app         an apps.App
    excluded    patterns of what is left out of its root, and of the public files
    included    patterns of what is taken from its root, but is usually left out
    ignored     paths below the root that are not of it: the output, libraries
    public      [(directory, path in the WAR)] of files for browsers
    libraries   a libraries.Libraries
    descriptor  a web_xml.Description, or the octets of a web.xml
    jython      slim, standalone or none
    cpython     the cpython.war.WarPython of a Python 3 application; None for Jython
    precompile  whether the bytecode goes into the WAR too
    strip       whether what libraries do not need at run time is left out
    executable  whether `java -jar` runs it, with Jetty in it
    java        java_libraries.JavaLibrary of each further jar of WEB-INF/lib
    """

    name: str
    app: object
    excluded: list
    included: list
    ignored: list
    public: list
    libraries: object
    descriptor: object
    jython: str
    cpython: object
    precompile: bool
    strip: bool
    executable: bool
    java: list


def collect(plan):
    """{name: octets or path} of everything independent of the servlet namespace.

    :raises ToolError: if some of it is refused, unreadable or missing.
    """
    entries = {MANIFEST: _manifest(plan)}
    for directory, place in plan.public:
        entries.update(_public(directory, place, plan))
    packages = further.names(plan.app)
    selection = tree.Selection(plan.excluded, plan.included, further=packages)
    files = tree.files(plan.app.root, selection, _ignored(plan))
    refusing.check_private(files, selection)
    _tell_data(files, plan)
    entries.update({APP + name: path for name, path in files.items()})
    entries.update(_libraries(plan))
    entries[DESCRIPTOR] = _descriptor(plan)
    archive.check_names(entries)
    _check_app(plan.app, entries)
    return entries


def _manifest(plan):
    fields = {"Manifest-Version": "1.0", "Created-By": "isthmus " + bundled.version()}
    fields.update(sbom.MANIFEST)
    fields.update(launcher.manifest() if plan.executable else {})
    lines = ["%s: %s\r\n" % pair for pair in fields.items()]
    return "".join([*lines, "\r\n"]).encode("ascii")


def _bill_of_materials(plan, namespace):
    jars = [library.artifact for library in plan.java]
    if plan.cpython:
        jars += plan.cpython.artifacts()
    elif plan.jython != "none":
        jars += artifacts.wanted(artifacts.JYTHON[plan.jython])
    if plan.executable:
        jars += launcher.artifacts_of(namespace)
    libraries = plan.libraries
    inner = plan.cpython.inner() if plan.cpython else ()
    return sbom.document(
        plan.name, jars, libraries.lock, libraries.distributions, inner=inner
    )


def _public(directory, place, plan):
    # Unsuitable files are refused, not left out: the application may rely on them.
    selection = tree.Selection(plan.excluded, usual=(), top=())
    found = tree.files(directory, selection, plan.ignored)
    prefix = place.strip("/") + "/" if place.strip("/") else ""
    files = {prefix + name: path for name, path in found.items()}
    refusing.check_public(files)
    return files


def _ignored(plan):
    directories = [directory for directory, _ in plan.public]
    libraries = plan.libraries.directory
    return [*plan.ignored, *directories, *([libraries] if libraries else [])]


def _libraries(plan):
    found = {}
    if plan.libraries.directory is not None:
        selection = tree.Selection(usual=tree.BYTECODE, top=())
        found = tree.files(plan.libraries.directory, selection)
        if plan.strip:
            found = stripping.stripped(found, has_extensions=bool(plan.cpython))
            found, left = debug_symbols.without(found)
            if left:
                console.err().print(left)
    found.update(further.written(plan.app))
    return {LIBRARIES + name: path for name, path in found.items()}


def _tell_data(files, plan):
    """Say in one line what is left out because an application has written it."""
    others = [p for p in tree.EXCLUDED if p not in tree.DATA]
    top = [p for p in tree.EXCLUDED_AT_TOP if p not in tree.DATA_AT_TOP]
    selection = tree.Selection(plan.excluded, plan.included, others, top)
    every = tree.files(plan.app.root, selection, _ignored(plan))
    missing = (name for name in every if name not in files)
    left = tree.data(missing, further.names(plan.app))
    if left:
        shown = ", ".join(left[:3]) + (", ..." if len(left) > 3 else "")
        text = "Left out as data: %s. Keep data outside of the WAR (docs/tool.md);"
        text += " --include adds what the application only reads."
        console.err().print(text % shown)


def _descriptor(plan):
    if isinstance(plan.descriptor, bytes):
        return plan.descriptor
    return web_xml.written(plan.descriptor)


def _check_app(app, entries):
    """The named application must be among the files, and its file must bind it."""
    named = app.named
    if named is None:
        return
    path = named.file or named.module_name.replace(".", "/")
    if named.file:
        sources = ["WEB-INF/" + named.file]
    else:
        endings = (".py", "/__init__.py")
        sources = [root + path + end for root in (APP, LIBRARIES) for end in endings]
    source = next((name for name in sources if name in entries), None)
    if source:
        _check_callable(app, source, entries)
    elif named.file or not any(_may_have(name) for name in entries):
        own = [name[len(APP) :] for name in entries if name.startswith(APP)]
        known = layouts.modules(app.root, own)
        near = "" if named.file else nearest(named.module_name, known)
        kind, what = ("file", app.file) if named.file else ("module", named.module_name)
        why = "there is no %s '%s' among the files.%s" % (kind, what, near)
        raise apps.unknown(app.spec, why)


def _may_have(name):
    """Whether an entry may add modules that are not entries: an archive, a .pth."""
    return name.startswith((APP, LIBRARIES)) and name.endswith(layouts.ADDING)


def _check_callable(app, source, entries):
    octets = archive.octets(entries[source])
    package, is_package, _ = source.rpartition("__init__.py")
    beside = set()
    if is_package:
        inner = [n[len(package) :] for n in entries if n.startswith(package)]
        beside = {name.split("/")[0].partition(".")[0] for name in inner}
    name = app.named.callable_name
    why = bindings.objection(source.split("/", 2)[2], octets, name, beside)
    if why:
        raise apps.unknown(app.spec, why)


def add_bytecode(entries, plan, verbose=False):
    """Compile every source; failures in the application's own code are errors.

    A library may have files for Python 3 that nobody imports: those are only reported,
    all in one line, or each in its own.
    """
    if plan.cpython:
        plan.cpython.add_bytecode(entries, (APP, LIBRARIES), plan.precompile)
        return
    bytecode, offenders = compiling.compile_sources(entries, (APP, LIBRARIES))
    refused = [offender for offender in offenders if offender.name.startswith(APP)]
    if refused:
        listed = "".join(_refusal(offender, entries) for offender in refused)
        raise ToolError(Rule.PYTHON_REFUSED, len(refused), listed)
    for name, reason in offenders if verbose else ():
        message = "Not for Jython, left as it is: %s: %s"
        console.err().print(message % (name, _shortened(reason)))
    if offenders:
        text = "Left as source: %s of libraries that Jython cannot compile, such as %s."
        text += " One that the application imports is an error; --verbose lists all."
        count = counted(len(offenders), "file")
        console.err().print(text % (count, offenders[0].name))
    if plan.precompile:
        entries.update(bytecode)


def _refusal(offender, entries):
    """The problems of a file: what stopped Jython, and all other Python 3 syntax."""
    text = "\n  %s: %s" % (offender.name[len(APP) :], offender.reason)
    every = python3_syntax.every(archive.octets(entries[offender.name]))
    if len(every) > 1:
        text += "\n    In all: %s." % python3_syntax.summary(every)
    return text


def _shortened(reason):
    """A reason with a short quotation from the source, in ASCII."""
    before, quote, text = reason.partition(": '")
    text = text.encode("ascii", "backslashreplace").decode("ascii")
    if len(text) > _LONGEST_QUOTE:
        text = text[:_LONGEST_QUOTE] + "...'"
    return before + quote + text


def with_java(entries, plan, namespace):
    """The entries plus the jars for a servlet namespace, and the bill of materials."""
    jar = artifacts.isthmus(namespace)
    jars = {JAVA + library.path.name: library.path for library in plan.java}
    if JAVA + jar.name in jars:
        raise ToolError(Rule.JAR_TAKEN, jar.name, jar, jars[JAVA + jar.name])
    jars.update({JAVA + jar.name: jar})
    jars[sbom.PATH] = _bill_of_materials(plan, namespace)
    if plan.cpython:
        jars.update(plan.cpython.entries(CPYTHON))
    elif plan.jython != "none":
        jars.update({JYTHON + j.name: j for j in artifacts.jython(plan.jython)})
    if plan.executable:
        jars.update(launcher.classes())
        jars.update(launcher.jars(namespace))
    return {**entries, **jars}
