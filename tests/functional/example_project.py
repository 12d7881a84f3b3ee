"""A project of examples/ as a web application, made by the tool as a reader would."""

import fcntl
import functools
import hashlib
import inspect
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager

import where
from paths import HERE, TARGET
from wars import READY, READY_TEXT, War, tree

EXAMPLES = HERE.parents[1] / "examples"
BUILT = TARGET / "examples"
LIMIT = 600


class ExampleProject(War):
    """What `isthmus war --exploded` makes of examples/<name>, at /<name>.

    The application is started with the container, and the probe is its front page. In a
    boot of CPython, it is for that; in one of Jython, for what the project itself says.
    `options` are more options of `isthmus war`, or the application, if another one.

    :ivar failure: why it could not be made, or None: an empty one is deployed then, so
        that the others of the boot are tested. examples/conftest.py fails its tests.
    """

    def __init__(self, name, path=None, probe="/", options=(), **more):
        super().__init__(path or "/" + name, probe=probe, **more)
        self.name = name
        self.options = tuple(options)
        self.failure = None

    def answered(self, response):
        return self.failure is not None or super().answered(response)

    def entries(self, parts):
        self.failure = None
        try:
            made = self.make(parts)
        except (AssertionError, subprocess.SubprocessError) as failure:
            self.failure = failure
            yield READY[1:], READY_TEXT
            return
        yield from tree("", made)
        for name, content in self.files.items():
            yield name, content.encode() if isinstance(content, str) else content

    def make(self, parts):
        """Return the directory of what it has, made by the tool."""
        made = self.path.strip("/") + "-" + parts.namespace
        # Each is deployed and started next: nothing is gained by an import before.
        command = ("--servlet", parts.namespace, "--no-check", *self.options)
        if parts.engine.name == where.CPYTHON:
            made += "-" + where.CPYTHON
            command += ("--engine", where.CPYTHON)
        return _war(self.project(), made, command)

    def project(self):
        """Return the directory of the project."""
        return EXAMPLES / self.name


class PreparedExampleProject(ExampleProject):
    """Of a copy of the project, in which `prepare(copy)` has done what a reader has to.

    That is done once for several WARs of one project, until the project or the module
    of `prepare` changes.
    """

    def __init__(self, name, path=None, prepare=None, **more):
        super().__init__(name, path, **more)
        self.prepare = prepare

    def project(self):
        return _prepared(super().project(), self.prepare)


@functools.cache
def _prepared(project, prepare):
    place = BUILT / ("%s-%s" % (project.name, prepare.__name__.strip("_")))
    how = pathlib.Path(inspect.getfile(prepare))
    with _made_once(place, [*tree(how.name, how), *tree("", project)]) as directory:
        if directory:
            shutil.copytree(project, directory / project.name)
            prepare(directory / project.name)
    return place / project.name


def run_python(*words, cwd, path=""):
    """Have the Python of the tests run `-m` with these words; assert that it does."""
    _succeed(words, cwd, {"PYTHONPATH": str(path)})


@functools.cache
def _war(project, made, options):
    """The directory of it, or with it; made anew if the project or the tool is new."""
    war = BUILT / made
    files = [("", _wheel()), *tree("", project)]
    with _made_once(war, files, *options) as directory:
        if directory and "--executable" in options:
            directory.mkdir()
            _run(project, "war", *options, "-o", directory / (project.name + ".war"))
        elif directory:
            _run(project, "war", "--exploded", *options, "-o", directory)
    return war


@functools.cache
def executable(name):
    """The file that `isthmus war --executable` makes of a project."""
    made = _war(EXAMPLES / name, name + "-executable", ("--executable",))
    return made / (name + ".war")


@functools.cache
def _tool():
    """A directory with the tool, as pip would install it."""
    tool = BUILT / "tool"
    with _made_once(tool, [("", _wheel())]) as directory:
        if directory:
            with zipfile.ZipFile(_wheel()) as wheel:
                wheel.extractall(directory)
    return tool


@contextmanager
def _made_once(directory, files, *options):
    """Give the directory to be made, or None if the same have made it already.

    :param files: (name, file) of all that it is made of.
    """
    digest = hashlib.sha256(" ".join(options).encode())
    for name, file in files:
        digest.update(name.encode() + b"\0" + file.read_bytes())
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
    _succeed(["isthmus_cli", *arguments], project, variables)


def _succeed(words, cwd, variables):
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
