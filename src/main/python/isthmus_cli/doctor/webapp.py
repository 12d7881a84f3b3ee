"""A web application on disk: a WAR, or an unpacked one."""

import functools
import io
import os
import pathlib
import zipfile
import zlib

from isthmus_cli.rules import Rule, ToolError

APP = "WEB-INF/app/"
CLASSES = "WEB-INF/classes/"
LIB = "WEB-INF/lib/"
CPYTHON = "WEB-INF/cpython/"
JYTHON = "WEB-INF/jython/"
LIB_PYTHON = "WEB-INF/lib-python/"
WEB_XML = "WEB-INF/web.xml"
# What reading a member of a damaged archive raises.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)


class WebApp:
    """Its files by name, and the jars in it.

    :ivar path: of the WAR, or of the directory.
    :ivar names: of all files, sorted, with slashes.
    """

    def __init__(self, path):
        """
        :raises ToolError: it is no web application.
        """
        self.path = pathlib.Path(path)
        self._archive = None
        if self.path.is_dir():
            self.names = sorted(_below(self.path))
        else:
            self._archive = _open(self.path)
            entries = [e for e in self._archive.infolist() if not e.is_dir()]
            self.names = sorted(entry.filename for entry in entries)
        if not any(name.startswith("WEB-INF/") for name in self.names):
            raise ToolError(Rule.NOT_A_WEB_APP, path, "it has no WEB-INF")

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self._archive:
            self._archive.close()

    def read(self, name):
        """Return the octets of a file.

        :raises ToolError: the archive is damaged.
        """
        if self._archive:
            try:
                return self._archive.read(name)
            except DAMAGED as error:
                raise ToolError(Rule.NOT_A_WEB_APP, self.path, error) from error
        return self.path.joinpath(*name.split("/")).read_bytes()

    def below(self, prefix, suffix=""):
        """Return the names with this start and end, without the start."""
        names = [n for n in self.names if n.startswith(prefix) and n.endswith(suffix)]
        return [name[len(prefix) :] for name in names]

    @property
    def platforms(self):
        """The platforms whose CPython it contains."""
        return [name.rpartition(".")[0] for name in self.below(CPYTHON, ".zip")]

    def python_files(self, platform):
        """The names of the files in its CPython; none if the archive is damaged."""
        octets = io.BytesIO(self.read("%s%s.zip" % (CPYTHON, platform)))
        try:
            with zipfile.ZipFile(octets) as archive:
                return archive.namelist()
        except DAMAGED:
            return []

    @functools.cached_property
    def jars(self):
        """The Jars of WEB-INF/lib and WEB-INF/jython."""
        found = []
        for directory in (LIB, JYTHON):
            for name in self.below(directory, ".jar"):
                if "/" not in name:
                    found.append(Jar(directory + name, self.read(directory + name)))
        return found


class Jar:
    """The content of a jar.

    :ivar name: its path in the web application.
    """

    def __init__(self, name, octets):
        self.name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(octets))
        except zipfile.BadZipFile as error:
            raise ToolError(Rule.NOT_A_WEB_APP, name, error) from error
        self.entries = frozenset(self._archive.namelist())

    def read(self, entry):
        """Return the octets of an entry."""
        return self._archive.read(entry)

    @property
    def is_isthmus(self):
        return "org/isthmus/WsgiServlet.class" in self.entries

    @property
    def is_jython(self):
        return "org/python/core/PySystemState.class" in self.entries

    @property
    def is_servlet_api(self):
        return bool(self.entries & {"%s/servlet/Servlet.class" % n for n in NAMESPACES})

    def classes(self):
        """Return the names of its class files."""
        return sorted(entry for entry in self.entries if entry.endswith(".class"))

    def namespace(self, entries=None):
        """Return jakarta or javax, if its classes use only that servlet API."""
        return namespace(self.read(entry) for entry in entries or self.classes())


NAMESPACES = ("jakarta", "javax")


def namespace(classes):
    """Return jakarta or javax, if class files use only that servlet API."""
    found = set()
    for octets in classes:
        found |= {n for n in NAMESPACES if b"%s/servlet/" % n.encode() in octets}
    return found.pop() if len(found) == 1 else None


def _open(path):
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise ToolError(Rule.NOT_A_WEB_APP, path, why) from error


def _below(root):
    for directory, _, names in os.walk(root):
        for name in names:
            path = pathlib.Path(directory, name)
            yield path.relative_to(root).as_posix()
