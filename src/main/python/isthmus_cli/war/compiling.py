"""Makes Jython compile every source that goes into a web application.

One run of Java compiles all of them (isthmus/jython/compiling.py). The tool's cache
keeps bytecode by a digest of everything that it depends on, so that unchanged sources
cost nothing.
"""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import NamedTuple

from isthmus_cli import artifacts, console, jdk, plain
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import archive

SOURCE = ".py"
BYTECODE = "$py.class"

# The run is short: the JVM's second compiler would not pay off.
OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dpython.cachedir.skip=true")
_LAST_LINES = 5
# The prefix of a cached reason why a file cannot be compiled; no class starts with it.
_REFUSED = b"#"


class Source(NamedTuple):
    """One file to be compiled.

    name    its entry in the WAR
    display what tracebacks call it: its path below the directory on sys.path
    module  the dotted name that it is imported by
    octets  its content
    """

    name: str
    display: str
    module: str
    octets: bytes


class Offender(NamedTuple):
    """A file that Jython cannot compile, and the reason."""

    name: str
    reason: str


def compile_sources(entries, roots):
    """Compile the sources among the entries of a WAR.

    :param entries: {name: octets or path}.
    :param roots: the directories in the WAR that are on sys.path, each with a "/".
    :returns: {name of a ``$py.class``: octets}, and a list of Offenders.
    """
    sources = list(_sources(entries, roots))
    keys = dict(zip(sources, _keys(sources)))
    compiled = {source: _kept(key) for source, key in keys.items()}
    missing = [source for source, octets in compiled.items() if octets is None]
    if missing:
        with console.err().status("Compiling %d sources" % len(missing)):
            fresh = _compile(missing)
        for source, octets in fresh.items():
            _keep(keys[source], octets)
        compiled.update(fresh)
    bytecode, offenders = {}, []
    for source, octets in compiled.items():
        if octets.startswith(_REFUSED):
            reason = octets[len(_REFUSED) :].decode("utf-8", "surrogatepass")
            offenders.append(Offender(source.name, reason))
        else:
            bytecode[source.name[: -len(SOURCE)] + BYTECODE] = octets
    return bytecode, offenders


def compile_beside(directory):
    """Write bytecode next to the sources of a directory on sys.path.

    Sources that Jython cannot compile are left as they are: they may never be imported.
    """
    paths = [path for path in directory.rglob("*" + SOURCE) if path.is_file()]
    # A substitute for the name in a WAR; it does not affect the bytecode.
    root = "lib/"
    entries = {root + path.relative_to(directory).as_posix(): path for path in paths}
    bytecode, _ = compile_sources(entries, (root,))
    for name, octets in bytecode.items():
        (directory / name[len(root) :]).write_bytes(octets)


def _sources(entries, roots):
    for name in sorted(entries):
        root = next((root for root in roots if name.startswith(root)), None)
        if root and name.endswith(SOURCE):
            display = name[len(root) :]
            module = _module(display, root, entries)
            yield Source(name, display, module, archive.octets(entries[name]))


def _module(display, root, entries):
    """The name by which a source is imported, including its packages."""
    folders = display[: -len(SOURCE)].split("/")
    parts = [folders.pop()]
    while folders and root + "/".join([*folders, "__init__.py"]) in entries:
        parts.insert(0, folders.pop())
    package = len(parts) > 1 and parts[-1] == "__init__"
    return ".".join(parts[:-1] if package else parts)


def _keys(sources):
    jar = artifacts.isthmus("jakarta").read_bytes()
    jython = ["%s %s" % (a.file, a.sha256) for a in artifacts.wanted("jython")]
    base = hashlib.sha256(jar + "\n".join(jython).encode())
    for source in sources:
        key = base.copy()
        name = "\0%s\0%s\0" % (source.display, source.module)
        key.update(name.encode("utf-8", "surrogatepass") + source.octets)
        yield key.hexdigest()


def _place(key):
    return artifacts.cache() / "bytecode" / key[:2] / key[2:]


def _kept(key):
    """The cached result for a source, if present and intact: see `_compile`."""
    try:
        digest, _, octets = _place(key).read_bytes().partition(b"\n")
    except OSError:
        return None
    return octets if hashlib.sha256(octets).hexdigest().encode() == digest else None


def _keep(key, octets):
    digest = hashlib.sha256(octets).hexdigest().encode()
    artifacts.keep(digest + b"\n" + octets, _place(key))


def _compile(sources):
    """{source: its bytecode; or the reason why it cannot be compiled}."""
    with plain.temporary("isthmus-") as place:
        # Numbers, because Java cannot open every name on every system.
        jobs = [
            {
                "file": "%d.py" % number,
                "display": source.display,
                "module": source.module,
            }
            for number, source in enumerate(sources)
        ]
        for job, source in zip(jobs, sources):
            Path(place, job["file"]).write_bytes(source.octets)
        Path(place, "jobs.json").write_text(json.dumps(jobs))
        _run_jython("isthmus.jython.compiling", place, place)
        errors = json.loads(Path(place, "errors.json").read_text("ascii"))
        compiled = {}
        for source, job in zip(sources, jobs):
            if job["file"] in errors:
                reason = errors[job["file"]].encode("utf-8", "surrogatepass")
                compiled[source] = _REFUSED + reason
            else:
                file = job["file"].replace(SOURCE, BYTECODE)
                compiled[source] = Path(place, file).read_bytes()
        return compiled


def _run_jython(module, place, *arguments):
    jars = [artifacts.isthmus("jakarta"), *artifacts.jython()]
    path = plain.class_path(jars, place)
    command = [str(jdk.find().java), *OPTIONS, "-cp", path, "org.python.util.jython"]
    done = subprocess.run(
        [*command, "-m", module, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        last = " / ".join(done.stderr.strip().splitlines()[-_LAST_LINES:])
        raise ToolError(Rule.JYTHON_FAILED, done.returncode, last)
