"""The bill of materials is CycloneDX, says what is in the WAR, and is reproducible."""

import importlib.resources
import json

import fastjsonschema

from isthmus_cli import artifacts, bundled, installing, locking, requirements, sbom
from packages import Index

SCHEMAS = importlib.resources.files("cyclonedx.schema") / "_res"
JARS = [
    artifacts.Artifact("org.python", "jython-slim", "2.7.4", "", 1, "a" * 64),
    artifacts.Artifact("io.netty", "netty", "4.1.73+x", "native", 1, "b" * 64),
]


def _schema(url):
    # SNAPSHOT is what the library calls its copies, and the references between them.
    name = url.rpartition("/")[2].replace(".SNAPSHOT", "")
    name = name.replace(".schema", ".SNAPSHOT.schema")
    return json.loads((SCHEMAS / name).read_text("utf-8"))


def validate(found):
    """Raise an exception for what is no CycloneDX 1.6."""
    handlers = {"http": _schema, "https": _schema}
    fastjsonschema.validate(_schema("bom-1.6.schema.json"), found, handlers=handlers)


def _document(tmp_path, monkeypatch):
    index = Index(tmp_path / "index", monkeypatch)
    licence = ["License-Expression: MIT", "Summary: Tölp"]
    index.wheel("top", requires=["part", "other"], headers=licence)
    index.wheel("part", headers=["License: BSD"])
    osi = "Classifier: License :: OSI Approved :: Apache Software License"
    index.sdist("other", headers=["License: a\n b", osi], egg={})
    wanted = requirements.of_names(["top"])
    lock = locking.lock(wanted, tmp_path / "cache")
    found = installing.install(lock, tmp_path / "lib", tmp_path / "cache")
    return sbom.document("shöp", JARS, lock, found, "1.0")


def test_document_is_valid_and_has_everything(tmp_path, monkeypatch):
    octets = _document(tmp_path, monkeypatch)
    found = json.loads(octets)
    validate(found)
    by_purl = {component["purl"]: component for component in found["components"]}
    assert list(by_purl) == [
        "pkg:maven/io.netty/netty@4.1.73%2Bx?classifier=native",
        "pkg:maven/org.isthmus/isthmus@" + bundled.version(),
        "pkg:maven/org.python/jython-slim@2.7.4",
        "pkg:pypi/other@1.0",
        "pkg:pypi/part@1.0",
        "pkg:pypi/top@1.0",
    ]
    licenses = {c["name"]: c.get("licenses") for c in found["components"]}
    assert licenses == {
        "netty": None,
        "isthmus": [{"license": {"id": "Apache-2.0"}}],
        "jython-slim": None,
        "top": [{"expression": "MIT"}],
        "part": [{"license": {"name": "BSD"}}],
        "other": [{"license": {"name": "Apache Software License"}}],
    }
    needs = {d["ref"]: d["dependsOn"] for d in found["dependencies"]}
    assert needs["pkg:pypi/top@1.0"] == ["pkg:pypi/other@1.0", "pkg:pypi/part@1.0"]
    assert "pkg:pypi/top@1.0" in needs["application"]
    assert "pkg:pypi/part@1.0" not in needs["application"]


def test_same_content_has_the_same_octets_and_other_content_another_number():
    first = sbom.document("shop", JARS)
    assert sbom.document("shop", [*reversed(JARS), JARS[0]]) == first
    other = sbom.document("shop", JARS[:1])
    assert json.loads(first)["serialNumber"] != json.loads(other)["serialNumber"]
