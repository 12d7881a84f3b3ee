"""What the wheel carries beside Python: Isthmus's jars and the lock of artifacts."""

import json
from pathlib import Path

from isthmus_cli.rules import Rule, ToolError

DIRECTORY = Path(__file__).resolve().parent / "bundled"
LOCK = "artifacts.json"


def version():
    """The version of the tool, of the jars and of the build: one and the same."""
    return _lock()["version"]


def artifacts(name):
    """What a set of artifacts consists of, each as src/wheel/artifact_lock.py has it.

    :param name: ``jython``, ``jython-standalone``, or another of the lock.
    """
    return _lock()["sets"][name]


def jar(classifier=""):
    """The path of a jar of this build.

    :param classifier: as in Maven; ``javax`` is Isthmus for Servlet 4.0.
    """
    suffix = "-" + classifier if classifier else ""
    return _existing("isthmus-%s%s.jar" % (version(), suffix))


def settings():
    """The table of settings: [(name, pattern of a value or "", its description)]."""
    lines = _existing("settings.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def _lock():
    return json.loads(_existing(LOCK).read_text("utf-8"))


def _existing(name):
    path = DIRECTORY / name
    if not path.is_file():
        raise ToolError(Rule.JARS_ABSENT, name, DIRECTORY)
    return path
