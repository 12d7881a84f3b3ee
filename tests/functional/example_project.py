"""A project of examples/ as a web application, made by the tool as a reader would."""

import fcntl
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager

import where
from paths import HERE, TARGET, scratch
from wars import War, tree

EXAMPLES = HERE.parents[1] / "examples"
BUILT = TARGET / "examples"
LIMIT = 600


class ExampleProject(War):
    """What `isthmus war --exploded` makes of examples/<name>, at /<name>.

    The application is started with the container, and the probe is its front page. In a
    boot of CPython, it is for that; in one of Jython, for what the project itself says.
    `options` are more options of `isthmus war`, or the application, if another one.
    """

    def __init__(self, name, path=None, probe="/", options=(), **more):
        super().__init__(path or "/" + name, probe=probe, **more)
        self.name = name
        self.options = tuple(options)

    def entries(self, parts):
        made = self.path.strip("/") + "-" + parts.namespace
        # Each is deployed and started next: nothing is gained by an import before.
        command = ("--servlet", parts.namespace, "--no-check", *self.options)
        if parts.engine.name == where.CPYTHON:
            made += "-" + where.CPYTHON
            command += ("--engine", where.CPYTHON)
        yield from tree("", _war(self.name, made, command))
        for name, content in self.files.items():
            yield name, content.encode() if isinstance(content, str) else content


class PreparedExampleProject(ExampleProject):
    """Of a copy of the project, in which `prepare(copy)` has done what a reader has to.

    That is done once for several WARs of one project.
    """

    def __init__(self, name, path=None, prepare=None, **more):
        super().__init__(name, path, **more)
        self.prepare = prepare

    def entries(self, parts):
        self.name = str(_prepared(EXAMPLES / self.name, self.prepare))
        yield from super().entries(parts)


@functools.cache
def _prepared(project, prepare):
    copy = scratch("prepared-") / project.name
    shutil.copytree(project, copy)
    prepare(copy)
    return copy


def run_python(*words, cwd, path=""):
    """Have the Python of the tests run `-m` with these words, or raise an exception."""
    variables = {**os.environ, "PYTHONPATH": str(path)}
    words = [sys.executable, "-m", *words]
    subprocess.run(words, cwd=cwd, env=variables, check=True, timeout=LIMIT)


@functools.cache
def _war(name, made, options):
    """The directory of it, or with it; made anew if the project or the tool is new."""
    project = EXAMPLES / name
    war = BUILT / made
    files = [path for path in sorted(project.rglob("*")) if path.is_file()]
    with _made_once(war, [_wheel(), *files], *options) as directory:
        if directory and "--executable" in options:
            directory.mkdir()
            _run(project, "war", *options, "-o", directory / (name + ".war"))
        elif directory:
            _run(project, "war", "--exploded", *options, "-o", directory)
    return war


@functools.cache
def executable(name):
    """The file that `isthmus war --executable` makes of a project."""
    return _war(name, name + "-executable", ("--executable",)) / (name + ".war")


@functools.cache
def _tool():
    """A directory with the tool, as pip would install it."""
    tool = BUILT / "tool"
    with _made_once(tool, [_wheel()]) as directory:
        if directory:
            with zipfile.ZipFile(_wheel()) as wheel:
                wheel.extractall(directory)
    return tool


@contextmanager
def _made_once(directory, files, *options):
    """Give the directory to be made, or None if the same have made it already."""
    digest = hashlib.sha256(" ".join(options).encode())
    for file in files:
        if "__pycache__" not in file.parts:
            digest.update(str(file).encode() + b"\0" + file.read_bytes())
    BUILT.mkdir(parents=True, exist_ok=True)
    stamp = directory.with_name(directory.name + ".stamp")
    # Two boots, in two processes, may want it at once.
    with open(directory.with_name(directory.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            yield None
            return
        stamp.unlink(missing_ok=True)
        shutil.rmtree(directory, ignore_errors=True)
        yield directory
        stamp.write_text(digest.hexdigest())


def _wheel():
    (wheel,) = TARGET.glob("isthmus-*.whl")
    return wheel


def _run(project, *arguments):
    variables = {
        "PYTHONPATH": str(_tool()),
        "ISTHMUS_CACHE": str(TARGET / "cli" / "cache"),
    }
    repository = os.environ.get("MAVEN_REPOSITORY")
    if repository:
        variables["MAVEN_OPTS"] = "-Dmaven.repo.local=" + repository
    done = subprocess.run(
        [sys.executable, "-m", "isthmus_cli", *arguments],
        cwd=project,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert done.returncode == 0, done.stderr
