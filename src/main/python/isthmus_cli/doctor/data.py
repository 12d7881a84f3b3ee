"""Finds data within the web application, which a redeployment deletes."""

import re
import zipfile
from pathlib import Path

from isthmus_cli.doctor import web_xml
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import APP
from isthmus_cli.names import counted

SETTING = "isthmus.data_dir"
VARIABLE = "ISTHMUS_DATA_DIR"

# SQLite's files, including those of a transaction; directories of Flask, Django and
# others, unless they are packages.
_FILES = re.compile(r"\.(db3?|sqlite3?)(-wal|-journal|-shm)?$", re.IGNORECASE)
_PACKAGE = "__init__.py"
_DIRECTORIES = re.compile(r"(^|/)(instance|media|uploads?)/")
# Files that Jython and containers write by themselves.
_OF_NOBODY = re.compile(r"\$py\.class$|\.pyc$|^META-INF/")
# An expression that starts next to the sources, or in the working directory.
_BESIDE = r"(?=\s*[uU]?['\"](?!/)|.*(__file__|BASE_DIR|root_path|getcwd))"
_PLACES = [
    (
        re.compile(r"\binstance_path\b|\binstance_relative_config\b"),
        "Flask's instance/",
    ),
    (re.compile(r"sqlite(\+\w+)?:///(?!/|:memory:)\S"), "a database file"),
    (re.compile(r"\bsqlite3?\b.*BASE_DIR|BASE_DIR.*\bsqlite3?\b"), "a database file"),
    (re.compile(r"UPLOAD_FOLDER['\"]?\]?\s*=" + _BESIDE), "uploads"),
    (re.compile(r"\bMEDIA_ROOT\s*=" + _BESIDE), "Django's media files"),
    (re.compile(r"\bopen\(.*__file__.*,\s*['\"][wa]b?\+?['\"]"), "a file"),
]


def check(app):
    """Yield the Findings of a WebApp, or of its unpacked copy in a container."""
    yield from shipped(app)
    yield from _written(app)


def shipped(app):
    """Yield the Findings of files in the WAR itself."""
    yield from _inside(app)
    sources = {name: app.read(APP + name) for name in app.below(APP, ".py")}
    if not _has_place(app):
        for name, line, what in kept(sources):
            yield found(Sign.DATA_BESIDE, line, APP + name, what)


def kept(sources):
    """Yield (name, line, what) of each line that stores data next to the sources.

    Yields nothing if the application uses Isthmus's data directory.

    :param sources: {name: octets}.
    """
    texts = {n: octets.decode("utf-8-sig", "replace") for n, octets in sources.items()}
    if any(SETTING in text or VARIABLE in text for text in texts.values()):
        return
    for name, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            code = re.sub(r"(^|\s)#.*", "", line)
            what = next((what for way, what in _PLACES if way.search(code)), None)
            if what:
                yield name, number, what


def _inside(app):
    names, reported = app.below("WEB-INF/app/"), set()
    packages = {n[: -len(_PACKAGE)] for n in names if n.endswith("/" + _PACKAGE)}
    for name in names:
        directory = _DIRECTORIES.search(name)
        if directory and name[: directory.end()] in packages:
            directory = None
        place = name[: directory.end()] if directory else name
        if (directory or _FILES.search(name)) and place not in reported:
            reported.add(place)
            yield found(Sign.DATA_INSIDE, APP + place)


def _written(app):
    """Compare a container's unpacked copy with its archive."""
    archive = Path(str(app.path).rstrip("/") + ".war")
    if not app.path.is_dir() or not archive.is_file():
        return
    try:
        with zipfile.ZipFile(archive) as opened:
            shipped = set(opened.namelist())
    except zipfile.BadZipFile:
        return
    more = [n for n in app.names if n not in shipped and not _OF_NOBODY.search(n)]
    if more:
        examples = ", ".join(more[:3]) + (", ..." if len(more) > 3 else "")
        count = counted(len(more), "file")
        yield found(Sign.DATA_WRITTEN, count, app.path, archive.name, examples)


def _has_place(app):
    try:
        read = web_xml.read(app)
    except web_xml.ElementTree.ParseError:
        return False
    return read is not None and web_xml.has_param(read, SETTING)
