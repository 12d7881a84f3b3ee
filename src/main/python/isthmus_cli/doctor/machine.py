"""Checks this machine, and the project in a directory, for what the tool needs."""

import shutil
import tempfile

from packaging.pylock import is_valid_pylock_path

from isthmus_cli import (
    admitted,
    artifacts,
    bundled,
    engines,
    jdk,
    lock_names,
    lockfile,
    locking,
    maven,
    project,
    target,
    uv_sources,
)
from isthmus_cli.cpython import environments, exporting, libraries, pylock, releases
from isthmus_cli.doctor import project_app, project_python3, project_sources
from isthmus_cli.doctor.signs import ERROR, WARNING, Finding
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

# A WAR can be built without a lock, with an application that is named, and for another
# Python than the environment's.
_HARMLESS = (
    Rule.LOCK_ABSENT,
    Rule.APP_ABSENT,
    Python3Rule.PYTHONS_DIFFER,
    Python3Rule.ENVIRONMENT_PASSED_OVER,
)


def check(directory, engine=None):
    """Return the Findings of machine and project, and lines on what exists.

    :param directory: of the project, a pathlib.Path.
    :param engine: the name of its engine; by default the one that `isthmus war` takes.
    """
    findings, seen = [], ["isthmus %s" % bundled.version()]
    choice = _engine(directory, engine, findings)
    is_python3 = choice is not None and choice.name == engines.CPYTHON
    looks = [_java, _cache]
    if choice:
        looks.insert(0, lambda: _described(choice, directory))
        looks.append(lambda: _jars(is_python3, directory))
    if is_python3:
        looks += [lambda: _passed_over(directory), lambda: _environment(directory)]
    looks += [lambda: _project(directory), lambda: project_app.check(directory)]
    if choice:
        looks.append(lambda: (_lock3 if is_python3 else _lock)(directory))
        looks.append(lambda: _sources(directory, is_python3, findings))
    for look in looks:
        _try(look, findings, seen)
    return findings, seen


def _engine(directory, named, findings):
    """The engines.Choice; None if an error hides it, which becomes a finding."""
    try:
        return project_sources.engine(directory, named)
    except ToolError as error:
        _add(error, findings)
        return None


def _described(choice, directory):
    """A line on the engine, and on the CPython that `isthmus war` would take.

    :raises ToolError: if there is no such CPython.
    """
    if choice.name != engines.CPYTHON:
        return engines.described(choice)
    war_python = project_sources.war_python(directory)
    line = "Python 3, because %s; `isthmus war` " % choice.why
    if not war_python.is_inside:
        return line + "leaves CPython to the server"
    release = war_python.release
    values = release.version, release.openssl, release.glibc
    return line + "includes CPython %s with OpenSSL %s, for glibc %s and later" % values


def _passed_over(directory):
    """
    :raises ToolError: the first virtual environment to look for cannot be used.
    """
    for error in environments.look(directory).passed:
        raise error


def _environment(directory):
    """A line on the virtual environment; None without one.

    :raises ToolError: it has another Python than a web application would.
    """
    python = environments.find(directory)
    if python is None:
        return None
    project_sources.war_python(directory).check(python)
    place = python.parents[1]
    return "%s: Python %s" % (place, environments.version(place) or 3)


def _try(look, findings, seen):
    """Add what a look finds, or the line that it returns; return that line."""
    line = None
    try:
        line = look()
    except ToolError as error:
        _add(error, findings)
    else:
        if line:
            seen.append(line)
    return line


def _add(error, findings):
    severity = WARNING if error.rule in _HARMLESS else ERROR
    message = str(error).partition(": ")[2].rpartition(" See ")[0]
    finding = Finding(error.rule.code, severity, *_divided(message))
    # Two looks may need the same.
    if finding not in findings:
        findings.append(finding)


def _divided(message):
    """Split a message into what is wrong and the remedy, its last sentence."""
    wrong, stop, remedy = message.rpartition(". ")
    return wrong + stop.strip(), remedy


def _java():
    try:
        found, lacks = jdk.find(jdk.JETTY), ""
    except ToolError as error:
        if error.rule is not Rule.JDK_WRONG:
            raise
        found, lacks = jdk.find(), " (`isthmus serve` needs %d)" % jdk.JETTY
    return "Java %d: %s%s" % (found.major, found.java, lacks)


def _cache():
    directory = artifacts.cache()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise ToolError(Rule.CACHE_UNWRITABLE, directory, error.strerror) from error
    return "cache: %s" % directory


def _jars(is_python3, directory):
    """Tell whether the engine's jars are available, without fetching any."""
    name, wanted = _engine_jars(is_python3, directory)
    places = (artifacts.cache() / "artifacts", maven.local_repository())
    missing = [
        artifact
        for artifact in wanted
        if not any(artifacts.is_whole(p / artifact.path, artifact) for p in places)
    ]
    program = shutil.which("mvn")
    if missing and not program:
        why = "no `mvn` is on the PATH to fetch them"
        raise artifacts.refusal(missing[0], len(missing), len(wanted), why)
    kept = len(wanted) - len(missing)
    line = "%s: %d of %d jars whole and here; Maven: %s"
    return line % (name, kept, len(wanted), program or "none, and none is needed")


def _engine_jars(is_python3, directory):
    """The engine's name, and the Artifacts that `isthmus war` takes of it."""
    if not is_python3:
        return "Jython", artifacts.wanted("jython")
    war_python = project_sources.war_python(directory)
    # That of this machine finds and compiles what goes into the WAR.
    names = [releases.here(), *(war_python.platforms if war_python.is_inside else ())]
    release = war_python.release
    return "CPython", [release.artifact(name) for name in dict.fromkeys(names)]


def _project(directory):
    # Refused where the engine is chosen.
    admitted.of(directory)
    table = project.read(directory).get("tool", {}).get("isthmus")
    return "pyproject.toml: [tool.isthmus]" if table else None


def _sources(directory, is_python3, findings):
    more, line = project_sources.check(directory, is_python3)
    findings += more
    return line


def _lock(directory):
    file = _requirements(directory)
    return _locked(directory, file, lock_names.ISTHMUS, _check_lock, target.applies)


def _lock3(directory):
    """The same for Python 3, whose lock may be that of uv or Poetry, or a named one."""
    file = _requirements(directory)
    if is_valid_pylock_path(file):
        # Installed as it is, whatever its requirements are now.
        pylock.Lock(file)
        return "%s: a lock" % file.name
    if file.is_file() and not file.with_name(lock_names.PYLOCK).exists():
        # To see whether it is up to date, its program might run the project's build.
        lock = exporting.lock_file(file)
        if lock:
            return "%s: locked by %s" % (file.name, lock.name)

    def applies(requirement):
        chosen = project_sources.war_python(directory)
        return libraries.applies(requirement, chosen.release, chosen.platforms)

    return _locked(directory, file, lock_names.PYLOCK, _check_pylock, applies)


def _requirements(directory):
    """The file that states the libraries; only one that is named must exist."""
    table = project_sources.settings(project.read(directory))
    file = project_python3.requirements_file(directory, table)
    if "requirements" in table and not file.is_file():
        raise ToolError(Rule.REQUIREMENTS_UNREADABLE, file, "there is no such file")
    return file


def _check_lock(lock, wanted):
    locking.check(lockfile.read(lock), lock, wanted)


def _check_pylock(lock, wanted):
    found = pylock.Lock(lock)
    if wanted is not None:
        found.check(wanted.digest())


def _locked(directory, file, name, check, applies):
    """What doctor says of a lock that fits; None if the project requires nothing."""
    lock = file.with_name(name)
    if not file.exists():
        return None
    chosen = _chosen(directory) if file.name == project.FILE else ()
    # isthmus.lock always has the digest of requirements that the tool can read.
    is_enough = name == lock_names.PYLOCK and lock.exists()
    wanted = libraries.required(file, chosen, is_enough)
    if not lock.exists():
        if not wanted.wanted:
            return None
        uv_sources.check(wanted, applies)
    check(lock, wanted)
    return "%s: locked" % file.name


def _chosen(directory):
    """The extras and groups that [tool.isthmus] names."""
    table = project_sources.settings(project.read(directory))
    return [project_sources.strings(table.get(key)) for key in ("extra", "group")]
