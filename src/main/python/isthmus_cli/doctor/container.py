"""Checks a container: its kind, its servlet API, its requirements."""

import os
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from isthmus_cli import jdk
from isthmus_cli.cpython import releases
from isthmus_cli.doctor import extensions, jars, server_python, site, web_xml
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import Jar
from isthmus_cli.engines import CPYTHON
from isthmus_cli.rules import Rule, ToolError

_SERVER_INFO = "org/apache/catalina/util/ServerInfo.properties"
_NUMBER = re.compile(r"server\.number=(\d+\.\d+\.\d+)")
# From Tomcat's RUNNING.txt of each version; Jetty 12.1 requires 17, Isthmus itself 11.
_JAVA = (("Tomcat", 11, 17), ("Jetty", 12, 17), ("Tomcat", 0, 11), ("Jetty", 0, 11))
_JETTY_JAR = re.compile(r"jetty-server-(\d+\.\d+\.\d+)\S*\.jar$")
# Jetty 12's environments by their Servlet API.
_ENVIRONMENTS = {"ee8": "javax", "ee9": "jakarta", "ee10": "jakarta", "ee11": "jakarta"}
_SETENV = ("bin/setenv.sh", "bin/setenv.bat", "start.ini", "start.d/*.ini")
_FLAGS = (
    (r"-XX:TieredStopAtLevel=1", "it takes the speed that comes after the start"),
    (r"-Xint\b", "nothing is compiled, and all is many times slower"),
    (r"-Xmx(\d{1,2}m|1\d\dm)\b", "Jython alone wants more than that"),
    (r"-XX:MaxPermSize=\S+", "no Java since 8 has it"),
    (r"-Djava\.security\.manager\b", "Java 24 and later do not start with it"),
    (r"-Xverify:none|-noverify", "Java warns of it, and will not have it for long"),
)
_BUILD = "build the web application with `--platform %s`, or "


class Container(NamedTuple):
    """A recognized container.

    :ivar namespaces: the Servlet API namespaces of web applications that it can run.
    """

    name: str
    namespaces: frozenset
    java: int = jdk.ISTHMUS


def check(place, app):
    """Return the Findings of a container for a WebApp, and its name.

    :param place: a directory, or a URL that the container serves.
    :raises ToolError: the directory contains no known container.
    """
    if "://" in place:
        version = site.container(place)
        if version is None:
            why = "neither the field Server nor an error page says so"
            return [found(Sign.CONTAINER_UNKNOWN, place, why)], "unknown"
        known = _of_name(*version)
        return list(_namespace(known, app)), known.name
    directory = Path(place)
    known = recognize(directory)
    findings = [*_namespace(known, app), *_library(directory), *_flags(directory)]
    findings += [*_directories(directory, known), *_java(known), *_platform(app)]
    return findings, known.name


def recognize(directory):
    """Return the Container that is installed in a directory.

    :raises ToolError: there is no known one.
    """
    if not directory.is_dir():
        raise ToolError(Rule.NOT_A_CONTAINER, directory, "there is no such directory")
    catalina = directory / "lib" / "catalina.jar"
    if catalina.is_file():
        with zipfile.ZipFile(catalina) as jar:
            number = _NUMBER.search(jar.read(_SERVER_INFO).decode("latin-1"))
        return _of_name("Tomcat", number.group(1) if number else "0", directory)
    for name in sorted(os.listdir(directory / "lib")) if _has_lib(directory) else ():
        jetty = _JETTY_JAR.match(name)
        if jetty:
            return _of_name("Jetty", jetty.group(1), directory)
    if (directory / "conf" / "server.xml").is_file():
        why = "it is a CATALINA_BASE without the CATALINA_HOME that has the jars"
        raise ToolError(Rule.NOT_A_CONTAINER, directory, why)
    why = "it has neither lib/catalina.jar nor lib/jetty-server-*.jar"
    raise ToolError(Rule.NOT_A_CONTAINER, directory, why)


def _has_lib(directory):
    return (directory / "lib").is_dir()


def _of_name(family, version, directory=None):
    major = int(version.split(".")[0])
    java = next(j for name, oldest, j in _JAVA if name == family and major >= oldest)
    name = "%s %s" % (family, version)
    if family == "Tomcat":
        namespaces = {"jakarta" if major >= 10 else "javax"}
    elif major < 12:
        namespaces = {"jakarta" if major == 11 else "javax"}
    else:
        namespaces = _environments(directory)
    return Container(name, frozenset(namespaces), java)


def _environments(directory):
    """Return the namespaces of a Jetty 12's environments: those in its lib."""
    if directory is None:
        return set(_ENVIRONMENTS.values())
    names = [entry.name for entry in (directory / "lib").iterdir()]
    found_in = {e for e in _ENVIRONMENTS if any(re.search(e + r"\b", n) for n in names)}
    return {_ENVIRONMENTS[e] for e in found_in or _ENVIRONMENTS}


def _namespace(known, app):
    own = jars.side(app)
    if own and known.namespaces and own not in known.namespaces:
        other = " or ".join(sorted(known.namespaces))
        yield found(Sign.NAMESPACE_WRONG, known.name, other, own)


def _platform(app):
    """IS0180, IS0400 and IS0401 in advance, if the container runs on this machine."""
    platforms, here = app.platforms, releases.here()
    if web_xml.names_python(app) or web_xml.engine(app) != CPYTHON:
        return
    if not platforms:
        yield from server_python.check(app)
    elif here in platforms:
        yield from extensions.on_this_machine(app)
    else:
        names = " and ".join(platforms)
        is_served = any(here in release.files for release in releases.RELEASES)
        build = _BUILD % here if is_served else ""
        yield found(Sign.PLATFORM_OTHER, names, here, remedy=(build,))


def _library(directory):
    for name in ("lib", "lib/ext", "shared/lib", "common/lib"):
        for path in sorted(directory.glob(name + "/*.jar")):
            try:
                jar = Jar(str(path), path.read_bytes())
            except (OSError, ToolError):
                continue
            if jar.is_jython:
                yield found(Sign.JYTHON_IN_CONTAINER, path)
            if jar.is_isthmus:
                yield found(Sign.ISTHMUS_IN_CONTAINER, path)


def _flags(directory):
    for pattern in _SETENV:
        for path in sorted(directory.glob(pattern)):
            lines = path.read_text("utf-8", "replace").splitlines()
            active = [line for line in lines if not re.match(r"\s*(#|rem\b|::)", line)]
            for flag, why in _FLAGS:
                given = re.search(flag, "\n".join(active))
                if given:
                    yield found(Sign.JVM_FLAG, path, given.group(), why)


def _directories(directory, known):
    if not known.name.startswith("Tomcat"):
        return
    for name in ("temp", "work", "logs"):
        path = directory / name
        if name == "work" and not path.exists() and os.access(directory, os.W_OK):
            # Tomcat creates this one by itself.
            continue
        if not path.is_dir():
            yield found(Sign.DIRECTORY_UNWRITABLE, path, known.name, "is not there")
        elif not os.access(path, os.W_OK | os.X_OK):
            why = "cannot be written by this user"
            yield found(Sign.DIRECTORY_UNWRITABLE, path, known.name, why)


def _java(known):
    try:
        jdk.find(known.java)
    except ToolError as error:
        if error.rule is Rule.JDK_WRONG:
            yield found(Sign.JAVA_OLD, known.name, known.java, "older")
