"""Writes the wheel `isthmus`: the tool, the Python that applications import, the jars.

A wheel is a zip with three files about itself (PyPA's specifications "Binary
distribution format" and "Core metadata", 2.4). The same content gives the same octets
on any machine: the order is that of the names, the time is fixed, and nothing is
compressed.
"""

import base64
import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import artifact_lock

try:
    import tomllib
except ImportError:  # CPython 3.9 and 3.10
    try:
        import tomli as tomllib
    except ImportError:
        # Where Maven builds, nothing may be installed; pip brings its own.
        from pip._vendor import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / "src" / "main" / "python"
PACKAGES = ("isthmus", "isthmus_cli")
CLASSIFIERS = ("", "-javax", "-launcher")
LOCK = "artifacts.json"
SETTINGS = "settings.tsv"
ERRORS = "errors.md"
BUNDLED = "isthmus_cli/bundled/"

_TIME = (2026, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


class NotBuilt(Exception):
    """What the wheel is to carry has not been built."""


def prepare(target):
    """Write the lock of the artifacts that the build has resolved, and the errors."""
    model = artifact_lock.Model(ROOT / "pom.xml")
    artifacts = artifact_lock.lock(ROOT / "pom.xml", target)
    content = {"version": model.version, "sets": artifacts}
    text = json.dumps(content, indent=1, sort_keys=True) + "\n"
    Path(target, LOCK).write_text(text, encoding="utf-8")
    shutil.copyfile(ROOT / "docs" / ERRORS, Path(target, ERRORS))


def write(target, directory):
    """Write the wheel into a directory; return its name.

    :param target: Maven's directory of what it has built.
    :raises NotBuilt: if the jars are not there, or of another version.
    """
    version = artifact_lock.Model(ROOT / "pom.xml").version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stem = "%s-%s" % (project["name"], version)
    files = {**_sources(), **_built(Path(target), version)}
    files.update(_metadata(project, version, stem + ".dist-info/"))
    name = stem + "-py3-none-any.whl"
    _write(Path(directory, name), files, stem + ".dist-info/RECORD")
    return name


def _sources():
    return {
        file.relative_to(PYTHON).as_posix(): file.read_bytes()
        for package in PACKAGES
        for file in (PYTHON / package).rglob("*")
        if file.is_file() and file.suffix not in (".pyc", ".class")
    }


def _built(target, version):
    jars = ["isthmus-%s%s.jar" % (version, classifier) for classifier in CLASSIFIERS]
    names = [LOCK, SETTINGS, ERRORS, *jars]
    missing = [name for name in names if not (target / name).is_file()]
    if missing:
        raise NotBuilt(", ".join(missing))
    if json.loads((target / LOCK).read_text("utf-8"))["version"] != version:
        raise NotBuilt("%s of version %s" % (LOCK, version))
    return {BUNDLED + name: (target / name).read_bytes() for name in names}


def _metadata(project, version, directory):
    lines = [
        ("Metadata-Version", "2.4"),
        ("Name", project["name"]),
        ("Version", version),
        ("Summary", project["description"]),
        ("License-Expression", project["license"]),
        *[("License-File", name) for name in project["license-files"]],
        ("Keywords", ",".join(project["keywords"])),
        *[("Classifier", classifier) for classifier in project["classifiers"]],
        ("Requires-Python", project["requires-python"]),
        *[("Requires-Dist", dependency) for dependency in project["dependencies"]],
        ("Description-Content-Type", "text/markdown"),
    ]
    readme = (ROOT / project["readme"]).read_text("utf-8")
    wheel = ["Wheel-Version: 1.0", "Generator: isthmus " + version]
    wheel += ["Root-Is-Purelib: true", "Tag: py3-none-any"]
    texts = {
        "METADATA": "".join("%s: %s\n" % line for line in lines) + "\n" + readme,
        "WHEEL": "\n".join(wheel) + "\n",
        "entry_points.txt": _entry_points(project),
    }
    files = {directory + name: text.encode() for name, text in texts.items()}
    for name in project["license-files"]:
        files[directory + "licenses/" + name] = (ROOT / name).read_bytes()
    return files


def _entry_points(project):
    groups = {"console_scripts": project["scripts"], **project["entry-points"]}
    lines = []
    for group, entries in groups.items():
        lines.append("[%s]\n" % group)
        lines += ["%s = %s\n" % pair for pair in sorted(entries.items())]
    return "".join(lines)


def _write(path, files, record):
    rows = ["%s,%s,%d\n" % (n, _digest(c), len(c)) for n, c in sorted(files.items())]
    # Last, for an archive is easier to amend so; its own row has no digest nor size.
    entries = [*sorted(files.items()), (record, "".join([*rows, record + ",,\n"]))]
    partial = path.with_name(path.name + ".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = 3
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, content)
    partial.replace(path)


def _digest(content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return "sha256=" + digest.decode("ascii").rstrip("=")
