"""Lists what the tool fetches: each jar's Maven coordinates, size and SHA-256.

The build has resolved the jars; a set of them is a directory ``target/<set>``. Their
coordinates stand in the list that ``dependency:list`` wrote beside it, or in the
execution of pom.xml that has the set's name. No repository is named: where a jar comes
from plays no part, once its digest is known.
"""

import hashlib
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SETS = ("jython", "jython-standalone", "jetty", "jetty-jakarta", "jetty-javax")

_POM = "{http://maven.apache.org/POM/4.0.0}"
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


class LockError(Exception):
    """What was built is not whole."""


def lock(pom, target):
    """Return {set: [artifact, ...]}; each one a dict with its name, size and digest.

    :param pom: the path of pom.xml.
    :param target: Maven's directory of what it has built.
    :raises LockError: if a jar is missing.
    """
    model = Model(pom)
    return {name: _set(name, model, target) for name in SETS}


class Model:
    """What pom.xml says, as far as it is asked for here."""

    def __init__(self, pom):
        self._root = ElementTree.parse(pom).getroot()
        self.version = self._root.findtext(_POM + "version")
        properties = self._root.find(_POM + "properties")
        self._properties = {p.tag.replace(_POM, ""): p.text for p in properties}

    def artifacts(self, execution):
        """The coordinates, group:name:version, that an execution copies."""
        for found in self._root.iter(_POM + "execution"):
            if found.findtext(_POM + "id") == execution:
                items = found.iter(_POM + "artifactItem")
                return [self._coordinates(item) for item in items]
        raise LockError("pom.xml has no execution %r" % execution)

    def _coordinates(self, item):
        parts = ("groupId", "artifactId", "version")
        values = [item.findtext(_POM + part) for part in parts]
        return tuple(re.sub(r"\$\{(.+?)\}", self._value, v) for v in values) + ("",)

    def _value(self, reference):
        return self._properties[reference.group(1)]


def _set(name, model, target):
    listed = Path(target, name + ".list")
    if listed.exists():
        coordinates = list(_listed(listed.read_text(encoding="utf-8")))
    else:
        coordinates = model.artifacts(name)
    return [_artifact(Path(target, name), *parts) for parts in sorted(coordinates)]


def _listed(text):
    for line in text.splitlines():
        # group:name:type[:classifier]:version:scope, then the Java module, in colour.
        parts = _COLOUR.sub("", line).split(" -- ")[0].strip().split(":")
        if len(parts) == 5:
            yield parts[0], parts[1], parts[3], ""
        elif len(parts) == 6:
            yield parts[0], parts[1], parts[4], parts[3]


def _artifact(directory, group, name, version, classifier):
    suffix = "-" + classifier if classifier else ""
    file = directory / ("%s-%s%s.jar" % (name, version, suffix))
    try:
        content = file.read_bytes()
    except OSError:
        raise LockError("%s is missing" % file) from None
    return {
        "group": group,
        "name": name,
        "version": version,
        "classifier": classifier,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
