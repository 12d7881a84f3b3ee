"""What the tests of the tool share: the tool itself, with the jars of this build."""

import json
import os
import re
from typing import NamedTuple

import pytest

from isthmus_cli import artifacts, bundled, main
from paths import TARGET

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
    monkeypatch.setattr(bundled, "DIRECTORY", TARGET)
    monkeypatch.setenv(artifacts.CACHE, str(TARGET / "cli" / "cache"))
    repository = os.environ.get("MAVEN_REPOSITORY")
    if repository:
        # That of the build in progress, which has fetched all that is asked for.
        monkeypatch.setenv("MAVEN_OPTS", "-Dmaven.repo.local=" + repository)


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
