"""What the tests of the tool share: the tool itself, with the jars of this build."""

import json
import os
import re
import shutil
from typing import NamedTuple

import pytest

from compiler import Compiler
from isthmus_cli import artifacts, bundled, jdk, main, pip_settings
from isthmus_cli.cpython import packing, releases
from isthmus_cli.war import compiling
from paths import TARGET
from web_application import Web

JYTHON = r"(?m)^Python 2\.7 \(Jython\), because .*\n"
SIZES = r"(?m)^Size: .*\n(  .*\n)*"


class Ended(NamedTuple):
    """How a run of the tool ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def built(monkeypatch):
    """The jars where Maven leaves them, and a cache of the tests' own."""
    _set(monkeypatch)


@pytest.fixture(scope="session")
def packed():
    """The archive of CPython in that cache, for tests that have an index alone.

    SQLite, xz and bzip2 in it are from wheels of an index that is not the tests' own.
    """
    with pytest.MonkeyPatch.context() as patch:
        _set(patch)
        return packing.archive(releases.find(), releases.here())


def _set(monkeypatch):
    monkeypatch.setattr(bundled, "DIRECTORY", TARGET)
    monkeypatch.setenv(artifacts.CACHE, str(TARGET / "cli" / "cache"))
    repository = os.environ.get("MAVEN_REPOSITORY")
    if repository:
        # That of the build in progress, which has fetched all that is asked for.
        monkeypatch.setenv("MAVEN_OPTS", "-Dmaven.repo.local=" + repository)


@pytest.fixture(scope="session")
def pip_answers():
    return {}


@pytest.fixture(autouse=True)
def pip_once(pip_answers, monkeypatch, tmp_path):
    """Have pip list each configuration once: it needs a third of a second for that.

    Most tests differ in the directory of their wheels alone.
    """
    ask, place = pip_settings._output, str(tmp_path)

    def answer(command):
        names = sorted(n for n in os.environ if n.startswith(("HOME", "PIP_", "XDG_")))
        if os.path.exists(os.environ.get("PIP_CONFIG_FILE", "")):
            return ask(command)
        asked = [*command, *(name + "=" + os.environ[name] for name in names)]
        key = tuple(word.replace(place, "<place>") for word in asked)
        if key not in pip_answers:
            pip_answers[key] = ask(command).replace(place, "<place>")
        return pip_answers[key].replace("<place>", place)

    monkeypatch.setattr(pip_settings, "_output", answer)


@pytest.fixture(scope="session")
def compiler():
    started = Compiler(jdk.find().java)
    yield started
    started.close()


@pytest.fixture(autouse=True)
def compiled_by_one(compiler, monkeypatch):
    """Have one Jython compile for all tests."""
    monkeypatch.setattr(compiling, "subprocess", compiler)


@pytest.fixture
def paste_deploy(compiled_by_one, tmp_path):
    """A directory of Paste Deploy and what it imports, with bytecode.

    From a directory without, Jython compiles pkg_resources at each start and reload.
    """
    found, libraries = TARGET / "libraries", tmp_path / "lib"
    for name in ("paste/deploy", "pkg_resources"):
        shutil.copytree(found / name, libraries / name)
    for metadata in found.glob("PasteDeploy-*.dist-info"):
        shutil.copytree(metadata, libraries / metadata.name)
    for path in found.glob("PasteDeploy-*.pth"):
        shutil.copy2(path, libraries)
    compiling.compile_beside(libraries)
    return libraries


@pytest.fixture
def isthmus(capfd):
    """Run the tool in this process: isthmus("war", "--help")."""

    def run(*args):
        if args[:1] == ("war",) and not {"--check", "--help", "-h"} & set(args):
            # Most tests are of something else, and an import takes a second.
            args += ("--no-check",)
        capfd.readouterr()
        code = main.run([str(arg) for arg in args])
        out, err = capfd.readouterr()
        # Which engine it is, and why, is what test_engines.py checks; test_sizes.py
        # the size.
        return Ended(code, out, re.sub(SIZES, "", re.sub(JYTHON, "", err)))

    return run


@pytest.fixture
def doctor(isthmus):
    """Run the doctor; return its findings as {code: message}."""

    def run(*args):
        ended = isthmus("doctor", *args, "--json")
        assert ended.code in (0, 1), ended.err
        findings = json.loads(ended.out)["findings"]
        assert ended.code == any(f["severity"] == "error" for f in findings)
        assert all(f["remedy"] for f in findings)
        return {finding["code"]: finding["message"] for finding in findings}

    return run


@pytest.fixture
def web(tmp_path):
    """A web application that the doctor finds nothing wrong with."""
    return Web(tmp_path / "shöp.war")
