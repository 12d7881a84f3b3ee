"""The bill of materials of a web application: CycloneDX 1.6, JSON.

It contains no time and no random number: the same content gives the same octets.
"""

import json
import urllib.parse
import uuid
from collections import defaultdict

from isthmus_cli import bundled

# The place that Spring Boot and CycloneDX's plugins use, and scanners search.
PATH = "META-INF/sbom/application.cdx.json"
# The entry in the manifest.
MANIFEST = {"Sbom-Format": "CycloneDX", "Sbom-Location": PATH}

_SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_FILE = "isthmus:file"
_CLASSIFIER = "License :: "
# A field that holds the text of a whole licence is not a name.
_LONGEST_NAME = 80


def document(name, jars, lock=None, distributions=None, version=None, inner=()):
    """Return the document's octets.

    :param name: of the web application.
    :param jars: artifacts.Artifact of each jar beside Isthmus's own.
    :param lock: the lockfile.Lock, or None if there are no libraries. A library may be
        in it several times: for each platform with a file of its own.
    :param distributions: the result of installing.install for it.
    :param version: of the web application, or None.
    :param inner: (name, version, licence: an SPDX identifier, or words) of what is in a
        jar, but no jar; and the file that it comes from, if it is another.
    """
    root = {"type": "application", "bom-ref": "application", "name": name}
    if version:
        root["version"] = version
    packages = lock.packages if lock else ()
    components = [_isthmus(), *map(_jar, jars), *(_inner(*part) for part in inner)]
    files = defaultdict(list)
    for package in packages:
        files[package.name, package.version].append(package)
    for key, locked in files.items():
        components.append(_package(locked, (distributions or {}).get(key)))
    # Two sets of jars may overlap.
    by_reference = {component["bom-ref"]: component for component in components}
    components = [by_reference[reference] for reference in sorted(by_reference)]
    tool = {"type": "application", "name": "isthmus", "version": bundled.version()}
    content = {
        "$schema": _SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"tools": {"components": [tool]}, "component": root},
        "components": components,
        "dependencies": _dependencies(components, packages),
    }
    digest = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    content["serialNumber"] = digest.urn
    return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode("ascii")


def _isthmus():
    version = bundled.version()
    licence = [{"license": {"id": "Apache-2.0"}}]
    return _component("maven", "org.isthmus", "isthmus", version, licenses=licence)


def _jar(artifact):
    hashes = [{"alg": "SHA-256", "content": artifact.sha256}]
    query = "?classifier=" + artifact.classifier if artifact.classifier else ""
    parts = artifact.group, artifact.name, artifact.version
    return _component("maven", *parts, query=query, hashes=hashes)


def _inner(name, version, licence, file=None):
    licenses = [{"license": {"name" if " " in licence else "id": licence}}]
    properties = [{"name": _FILE, "value": file}] if file else []
    fields = {"licenses": licenses, "properties": properties}
    return _component("generic", None, name, version, **fields)


def _package(files, distribution):
    """The component of a library; if it has several files, they are parts of it."""
    locked = files[0]
    fields = {"properties": [{"name": "isthmus:kind", "value": locked.kind}]}
    if len(files) == 1:
        fields["hashes"] = _hashes(locked)
        fields["properties"].insert(0, {"name": _FILE, "value": locked.filename})
    else:
        fields["components"] = [
            {"type": "file", "name": file.filename, "hashes": _hashes(file)}
            for file in sorted(files, key=lambda file: file.filename)
        ]
    if distribution:
        fields["licenses"] = _licenses(distribution.metadata)
        summary = distribution.metadata["Summary"]
        if summary and summary != "UNKNOWN":
            fields["description"] = summary
    return _component("pypi", None, locked.name, locked.version, **fields)


def _hashes(locked):
    return [{"alg": "SHA-256", "content": locked.sha256}]


def _component(kind, group, name, version, query="", **fields):
    steps = [kind, *([group] if group else []), name]
    path = "/".join(urllib.parse.quote(step, safe="") for step in steps)
    purl = "pkg:%s@%s%s" % (path, urllib.parse.quote(version, safe=""), query)
    component = {"type": "library", "bom-ref": purl, "purl": purl}
    component.update({"name": name, "version": version})
    if group:
        component["group"] = group
    component.update({key: value for key, value in fields.items() if value})
    return component


def _licenses(metadata):
    """Return the licence in a METADATA: an SPDX expression, a name, or classifiers."""
    if metadata["License-Expression"]:
        return [{"expression": metadata["License-Expression"]}]
    name = (metadata["License"] or "").strip()
    if name and name != "UNKNOWN" and "\n" not in name and len(name) <= _LONGEST_NAME:
        return [{"license": {"name": name}}]
    classifiers = metadata.get_all("Classifier", ())
    names = {c.rpartition(" :: ")[2] for c in classifiers if c.startswith(_CLASSIFIER)}
    return [{"license": {"name": name}} for name in sorted(names)]


def _dependencies(components, packages):
    references = defaultdict(list)
    for component in components:
        if "group" not in component:
            references[component["name"]].append(component["bom-ref"])
    jars = [c["bom-ref"] for c in components if "group" in c]
    needs = {"application": set(jars), **{ref: set() for ref in jars}}
    needs.update({ref: set() for refs in references.values() for ref in refs})
    for package in packages:
        for by in package.needed_by:
            for parent in references.get(by, ["application"]):
                needs[parent].update(references[package.name])
    return [{"ref": ref, "dependsOn": sorted(needs[ref])} for ref in sorted(needs)]
