"""What is different in the directory of a deployed WAR from what tests put there."""

import pathlib
import re
import zlib

# Tomcat's own note of when it has unpacked an archive.
TRACKER = "META-INF/war-tracker"

# Of a multi-release archive (JAR specification): what is for this version of Java.
VERSIONED = re.compile(r"META-INF/versions/\d+/(.+)")


def written(server, war):
    """{path: (what the WAR has there, what the directory has)} where they differ."""
    put = {name: _mark(name, content) for name, content in war.entries(server.parts)}
    found = dict(_found(server.directory(war)))
    found.pop(TRACKER, None)
    for name, mark in put.items():
        versioned = VERSIONED.fullmatch(name)
        # Jetty unpacks an archive as Java reads it: such a file lies at the root too.
        if versioned and found.get(versioned[1]) == mark:
            put = {versioned[1]: mark, **put}
    names = put.keys() | found.keys()
    pairs = {name: (put.get(name), found.get(name)) for name in names}
    return {
        name: pair
        for name, pair in pairs.items()
        if pair[0] != pair[1] and not _edited(war, name)
    }


def _edited(war, name):
    # Of a file that was taken away again, its directory may be left.
    within = name.endswith("/") and any(path.startswith(name) for path in war.edited)
    return within or name in war.edited


def _found(directory):
    for path in directory.rglob("*"):
        name = path.relative_to(directory).as_posix()
        if path.is_file():
            yield name, _mark(name, path)
        elif not any(path.iterdir()):
            yield name + "/", "an empty directory"


def _mark(name, content):
    is_path = isinstance(content, pathlib.Path)
    if name.endswith(".jar"):
        # Fifty megabytes in each WAR: their lengths have to do.
        return content.stat().st_size if is_path else len(content)
    return zlib.crc32(content.read_bytes() if is_path else content)
