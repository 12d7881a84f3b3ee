"""What the wheel contains besides Python: Isthmus's jars, tables and texts."""

import json
from pathlib import Path

from isthmus_cli.rules import Rule, ToolError

DIRECTORY = Path(__file__).resolve().parent / "bundled"
LOCK = "artifacts.json"


def version():
    """The version of the tool, the jars and the build, which are always equal."""
    return _lock()["version"]


def artifacts(name):
    """The artifacts in a set, as listed in src/wheel/artifact_lock.py.

    :param name: ``jython``, ``jython-standalone``, or another of the lock.
    """
    return _lock()["sets"][name]


def jar(classifier=""):
    """The path of a jar of this build.

    :param classifier: as in Maven; ``javax`` means Isthmus for Servlet 4.0.
    """
    suffix = "-" + classifier if classifier else ""
    return _existing("isthmus-%s%s.jar" % (version(), suffix))


def settings():
    """The table of settings: [(name, pattern of a value or "", its description)]."""
    lines = _existing("settings.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def errors():
    """{code: its entry of docs/errors.md, without the heading}, in order."""
    found = {}
    for part in _existing("errors.md").read_text("utf-8").split("\n## ")[1:]:
        code, _, body = part.partition("\n")
        # A heading of the page ends the previous entry.
        found[code] = body.partition("\n# ")[0].strip()
    return found


def _lock():
    return json.loads(_existing(LOCK).read_text("utf-8"))


def _existing(name):
    path = DIRECTORY / name
    if not path.is_file():
        raise ToolError(Rule.JARS_ABSENT, name, DIRECTORY)
    return path
